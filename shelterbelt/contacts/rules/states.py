"""The states of a contact: which follows which, and which holds at a moment.

What is kept is when somebody last said yes; that this is too long ago follows from the clock and is never written.
"""

from datetime import datetime, timedelta
from typing import Literal

from shelterbelt.contacts.rules.settings import Settings

State = Literal["unconfirmed", "confirmed", "stale", "bounced", "retired"]

NEXT: dict[str, frozenset[str]] = {
    "unconfirmed": frozenset({"confirmed", "unconfirmed", "bounced", "retired"}),
    "confirmed": frozenset({"confirmed", "unconfirmed", "stale", "bounced", "retired"}),
    "stale": frozenset({"confirmed", "unconfirmed", "bounced", "retired"}),
    "bounced": frozenset({"unconfirmed", "confirmed", "bounced", "retired"}),
    "retired": frozenset(),
}
"""Each state, and those it may become. Only `stale` is become by time alone; a new address makes `unconfirmed`."""


def may_become(state: str, other: str) -> bool:
    """Whether a contact may go from one state to another."""
    return other in NEXT[state]


def state_of(kept: str, verified_at: datetime | None, now: datetime, verified_for: timedelta) -> str:
    """The state that holds now: what is kept, or stale when the last yes is too long ago."""
    if kept == "confirmed" and (verified_at is None or now - verified_at > verified_for):
        return "stale"
    return kept


def is_red(state: str, first_asked_at: datetime | None, now: datetime, settings: Settings) -> bool:
    """Whether somebody must look at it: the address is dead, or nobody answered for too long."""
    if state == "bounced":
        return True
    waiting = state in {"unconfirmed", "stale"}
    return waiting and first_asked_at is not None and now - first_asked_at >= settings.red_after


def asking_due(first_asked_at: datetime | None, times_asked: int, now: datetime, settings: Settings) -> int | None:
    """Which asking is due now, counted from 0, of somebody who hasn't answered; None when none is.

    A reminder that was missed (the clock stood still) is made up for by one mail, not by several.
    """
    if first_asked_at is None:
        return 0
    passed = [n for n, day in enumerate(settings.ask_on_days) if now - first_asked_at >= timedelta(days=day)]
    due = passed[-1]
    return due if due >= times_asked else None
