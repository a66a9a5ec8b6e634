"""What is done with a tip's files."""
