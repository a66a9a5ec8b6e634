"""Where an assessment stands and where it can go from there."""

NEXT: dict[str, frozenset[str]] = {
    "planned": frozenset({"in_field", "submitted", "cancelled"}),
    "in_field": frozenset({"submitted", "cancelled"}),
    "submitted": frozenset({"accepted", "in_field"}),
    "accepted": frozenset({"closed"}),
    "closed": frozenset(),
    "cancelled": frozenset(),
}
"""Allowed moves. A planned one is submitted at once where the report of another method is recorded; whoever is to
accept it may give it back to the team. What was a mistake is cancelled with its reason; nothing is deleted."""

UNDER_WAY = frozenset({"planned", "in_field"})
"""In these, answers may be given."""


def may_become(status: str, wanted: str) -> bool:
    """Whether the move is allowed."""
    return wanted in NEXT[status]
