"""Where a purchase stands and where it can go from there."""

NEXT: dict[str, frozenset[str]] = {
    "considered": frozenset({"method_chosen", "awarded", "not_bought"}),
    "method_chosen": frozenset({"evaluated", "awarded", "not_bought"}),
    "evaluated": frozenset({"method_chosen", "awarded", "not_bought"}),
    "awarded": frozenset({"bought", "considered", "method_chosen", "evaluated"}),
    "not_bought": frozenset({"considered", "method_chosen", "evaluated"}),
    "bought": frozenset({"considered", "method_chosen", "evaluated"}),
}
"""Allowed moves. An award without a method or an evaluation can be written down, because it happens and hiding it would
be worse; it doesn't count for E-O1. A decision that was written down by mistake goes back to where its evaluations are.
"""

OPEN = frozenset({"considered", "method_chosen", "evaluated"})
AWARDED = frozenset({"awarded", "bought"})


def may_become(status: str, wanted: str) -> bool:
    """Whether the move is allowed; staying is."""
    return wanted == status or wanted in NEXT[status]


def before_the_decision(*, method: str, has_finished_evaluation: bool) -> str:
    """Where a purchase stands by what is known of it, while nothing is decided."""
    if has_finished_evaluation:
        return "evaluated"
    return "method_chosen" if method else "considered"
