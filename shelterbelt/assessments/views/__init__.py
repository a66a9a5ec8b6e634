"""Pages of assessments and procurements, by what somebody came for."""
