"""Where a corrective action stands and where it can go from there."""

OPEN = ("open", "assigned", "in_progress", "awaiting_funds")
"""Something still has to be done."""

TO_WATCH = (*OPEN, "risk_accepted")
"""Somebody may have to be reminded: of what is open, and of risks accepted up to a day."""

NEXT: dict[str, frozenset[str]] = {
    "open": frozenset({"assigned", "in_progress", "awaiting_funds", "done", "risk_accepted"}),
    "assigned": frozenset({"open", "in_progress", "awaiting_funds", "done", "risk_accepted"}),
    "in_progress": frozenset({"assigned", "awaiting_funds", "done", "risk_accepted"}),
    "awaiting_funds": frozenset({"assigned", "in_progress", "done", "risk_accepted"}),
    "done": frozenset({"verified", "in_progress"}),
    "verified": frozenset(),
    "risk_accepted": frozenset({"assigned", "in_progress", "awaiting_funds", "done"}),
}
"""Allowed moves. What was checked stays; if the trouble comes back, that is a new finding."""


def may_become(status: str, wanted: str) -> bool:
    """Whether the move is allowed; staying is."""
    return wanted == status or wanted in NEXT[status]
