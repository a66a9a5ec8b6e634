"""Emergency operations plans: written, evaluated, adopted, kept current, and shared with those who respond."""
