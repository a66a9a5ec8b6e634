"""Template tags of every page; loaded as a builtin, so no template says {% load %}."""
