"""Forms about tips."""
