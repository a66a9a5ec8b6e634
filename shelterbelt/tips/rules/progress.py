"""What its referrals say of a tip: sent out, acknowledged, worked on, answered."""

from collections.abc import Collection, Sequence

from shelterbelt.tips.rules import states

OPEN = frozenset({"queued", "sent", "unreached", "acknowledged", "working", "answered", "accepted"})
"""Referrals that count: neither returned nor withdrawn."""
RED = frozenset({"queued", "unreached"})
"""Nobody there was reached so far."""
ANSWERED = frozenset({"answered", "accepted"})
LADDER = ("dispatched", "acknowledged", "in_progress", "outcome_reported")
"""States of a tip that follow from its referrals, in their order."""
_RANK = {"sent": 0, "acknowledged": 1, "working": 2, "answered": 3, "accepted": 3}


def stands(primaries: Collection[str]) -> str | None:
    """The state of a tip by the states of its primary referrals; None while one of them was not reached, or none is.

    A tip is as far as the last of those who owe an answer, except that work begun anywhere is work in progress.
    """
    counted = [state for state in primaries if state in OPEN]
    if not counted or any(state in RED for state in counted):
        return None
    ranks = [_RANK[state] for state in counted]
    if min(ranks) == 1 and max(ranks) > 1:
        return "in_progress"
    return LADDER[min(ranks)]


def may_close(primaries: Collection[str]) -> bool:
    """Whether everybody who owes an outcome has reported one."""
    counted = [state for state in primaries if state in OPEN]
    return bool(counted) and all(state in ANSWERED for state in counted)


_WAYS: tuple[Sequence[str], ...] = ((), ("dispatched",), ("in_triage", "dispatched"))


def follows(now: str, primaries: Collection[str]) -> str:
    """Where a tip stands once its referrals stand like this; where it stands already if they don't say.

    Without anybody left who owes an answer and was reached, a tip that was sent out is the desk's again.
    """
    then = stands(primaries) or ("in_triage" if now in LADDER else now)
    return then if then == now or any(_leads(now, (*way, then)) for way in _WAYS) else now


def _leads(now: str, steps: Sequence[str]) -> bool:
    for then in steps:
        if now != then and not states.may_move(states.TIP, now, then):
            return False
        now = then
    return True
