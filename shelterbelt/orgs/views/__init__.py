"""Pages of the directory and of its imports."""
