"""Pages of the desk's supervisor."""
