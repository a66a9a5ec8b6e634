"""Pages on which organisations report, and others review and remind."""
