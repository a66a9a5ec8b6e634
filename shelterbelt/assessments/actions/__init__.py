"""Verbs of assessments and procurements: the only place that writes them."""
