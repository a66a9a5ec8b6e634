"""A district's, agency's or state's own identity provider: connecting one, and signing in through it."""
