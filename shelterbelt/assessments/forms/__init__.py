"""Forms of assessments and procurements."""
