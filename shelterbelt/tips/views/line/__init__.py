"""The tip line's public pages, served by a process of their own (docs/explanation/tip-line.md)."""
