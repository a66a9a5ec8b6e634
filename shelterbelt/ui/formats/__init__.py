"""How dates and numbers are written, a folder for each language."""
