"""Who may do what with assessments and procurements."""
