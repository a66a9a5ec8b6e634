"""How a tip's words are sealed: a key for each tip, kept by the month's key and by the reporter's code.

docs/explanation/tip-line.md says who holds which key, and what follows.
"""
