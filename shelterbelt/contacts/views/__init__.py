"""Pages of call chains."""
