"""Where a drill stands and where it can go from there."""

NEXT: dict[str, frozenset[str]] = {
    "scheduled": frozenset({"held", "cancelled"}),
    "held": frozenset({"cancelled"}),
    "cancelled": frozenset(),
}
"""Allowed moves. A record that was a mistake is cancelled with its reason; nothing is ever deleted."""


def may_become(status: str, wanted: str) -> bool:
    """Whether the move is allowed; staying is."""
    return wanted == status or wanted in NEXT[status]
