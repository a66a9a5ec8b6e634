"""Pages of those a tip was referred to."""
