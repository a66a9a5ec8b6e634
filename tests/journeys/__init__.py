"""A person's whole errand, in a real browser against a real server."""
