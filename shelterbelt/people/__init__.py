"""Who holds which office, where and when; and how they sign in."""
