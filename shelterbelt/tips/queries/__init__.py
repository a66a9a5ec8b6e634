"""Questions about tips, across tables or for a page."""
