"""Where a tip and a referral may go from where they stand. The diagram in the docs is printed from these."""

from collections.abc import Mapping

TIP: Mapping[str, frozenset[str]] = {
    "received": frozenset({"in_triage", "linked", "closed", "dispatched"}),
    "in_triage": frozenset({"received", "needs_info", "dispatched", "linked", "closed"}),
    "needs_info": frozenset({"in_triage", "dispatched", "linked", "closed"}),
    "dispatched": frozenset({"acknowledged", "in_progress", "outcome_reported", "in_triage", "linked", "closed"}),
    "acknowledged": frozenset({"in_progress", "outcome_reported", "in_triage", "linked", "closed"}),
    "in_progress": frozenset({"outcome_reported", "in_triage", "linked", "closed"}),
    "outcome_reported": frozenset({"in_progress", "in_triage", "linked", "closed"}),
    "linked": frozenset({"in_triage", "reopened", "closed"}),
    "closed": frozenset({"reopened"}),
    "reopened": frozenset({"in_triage", "needs_info", "dispatched", "acknowledged", "in_progress", "outcome_reported",
                           "linked", "closed"}),
}  # fmt: skip
"""A tip: received, worked on at the desk, out with recipients, closed. Disposed of, its row is gone."""

REFERRAL: Mapping[str, frozenset[str]] = {
    "queued": frozenset({"sent", "unreached", "acknowledged", "returned", "withdrawn"}),
    "unreached": frozenset({"sent", "acknowledged", "withdrawn", "returned"}),
    "sent": frozenset({"acknowledged", "working", "answered", "returned", "withdrawn", "unreached"}),
    "acknowledged": frozenset({"working", "answered", "returned", "withdrawn"}),
    "working": frozenset({"answered", "returned", "withdrawn"}),
    "answered": frozenset({"working", "accepted", "answered"}),
    "accepted": frozenset({"working", "answered"}),
    "returned": frozenset(),
    "withdrawn": frozenset(),
}
"""A referral: on its way, read, worked on, answered; given back or taken back."""


def may_move(moves: Mapping[str, frozenset[str]], now: str, then: str) -> bool:
    """Whether this step is allowed."""
    return then in moves[now]


BEFORE_SENT = frozenset({"received", "in_triage", "needs_info", "reopened"})
"""States in which a tip is the desk's alone: nobody else owes an answer about it."""
NEEDS_WORK = frozenset({"received", "in_triage", "needs_info", "dispatched", "acknowledged", "in_progress",
                        "outcome_reported", "reopened"})  # fmt: skip
"""States in which the desk still owes a tip something."""
