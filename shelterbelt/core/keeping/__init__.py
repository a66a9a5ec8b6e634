"""Keeping what the house holds: encrypted backups, the archive of changes, and bringing both back.

The running server can write backups but not read them: they are sealed for a recovery key that is kept elsewhere.
Why so: docs/decisions/0008-backups-the-server-cannot-read.md. How to: docs/how-to/back-up.md and restore.md.
"""
