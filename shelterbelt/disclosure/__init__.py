"""Lawful sharing: which records are closed, by whose determination, and how a request for public records is answered."""
