"""Drawings, fields, tags and translations. None of these tests needs the database."""
