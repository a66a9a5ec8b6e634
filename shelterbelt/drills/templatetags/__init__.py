"""Words for the templates of drills."""
