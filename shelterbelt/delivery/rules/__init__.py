"""Decisions of this room, without database, clock or network."""
