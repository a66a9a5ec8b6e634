"""How grave a finding is: likelihood times impact, each from 1 to 4."""

RATINGS: tuple[tuple[int, str], ...] = ((12, "very_high"), (8, "high"), (4, "medium"), (1, "low"))
"""The least score of each rating, the gravest first."""


def rating(score: int) -> str:
    """A score from 1 to 16 in a word."""
    return next(word for least, word in RATINGS if score >= least)
