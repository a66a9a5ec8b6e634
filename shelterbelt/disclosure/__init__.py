"""Lawful sharing: which records are closed and why, and how a request for public records is answered."""
