"""Whose eyes (scope), who may (policy), who did (audit)."""
