"""Pages of the trail: who did what, and the proof that nobody changed it."""
