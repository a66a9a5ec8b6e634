"""Who did: the trail that triggers write, its seals and signed heads, and how to look into it."""
