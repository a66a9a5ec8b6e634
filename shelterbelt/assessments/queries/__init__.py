"""Questions about assessments and procurements. Row security has already left out what isn't yours."""
