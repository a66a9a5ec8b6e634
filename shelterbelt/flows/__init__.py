"""Stories that need two rooms which don't know each other: one file each."""
