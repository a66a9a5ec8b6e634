"""Decisions about tips, without database, clock or request."""
