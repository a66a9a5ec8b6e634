"""Decisions about assessments and procurements, without database, clock or request."""
