"""Identity providers as processes of their own: two real ones, and one that lies."""
