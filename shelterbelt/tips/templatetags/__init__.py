"""Words that the pages about tips use."""
