"""Decisions about plans, without database, clock or request."""
