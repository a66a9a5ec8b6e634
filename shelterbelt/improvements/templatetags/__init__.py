"""Tags of improvements."""
