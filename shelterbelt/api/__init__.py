"""The API under /api/v1/: the rooms' operations in one, how they refuse, and their description."""
