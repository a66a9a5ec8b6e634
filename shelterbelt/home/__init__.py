"""The front page, and the workspaces of a school, a district, a region and the state."""
