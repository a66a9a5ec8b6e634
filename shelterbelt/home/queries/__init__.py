"""What the overviews show, read from the figures and the directory."""
