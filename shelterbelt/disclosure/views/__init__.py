"""Pages of closed and open records."""
