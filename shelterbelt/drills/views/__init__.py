"""Pages of drills and incidents, by what somebody came for."""
