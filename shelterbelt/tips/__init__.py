"""The tip line, the desk that works it day and night, and what became of each tip."""
