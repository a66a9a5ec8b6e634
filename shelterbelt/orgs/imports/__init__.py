"""Bringing in the directory: read a file, map its columns, check every row, see what would change, load it at once."""
