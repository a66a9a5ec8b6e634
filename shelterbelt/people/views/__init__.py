"""Pages of people: signing in, who holds which office, appointing."""
