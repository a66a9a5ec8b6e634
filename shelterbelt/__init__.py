"""Shelterbelt: a state's system of record for school safety."""
