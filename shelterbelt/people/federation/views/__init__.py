"""Pages of identity providers: connecting one, and signing in with one."""
