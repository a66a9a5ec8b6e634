"""Pages of the tip desk."""
