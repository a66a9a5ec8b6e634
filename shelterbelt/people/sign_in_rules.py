"""How long somebody stays signed in, who needs a second factor, and what failing costs: as data."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from shelterbelt.people.rules import OFFICES


class SessionLimits(NamedTuple):
    """How long somebody stays signed in."""

    idle: timedelta
    """Without a click."""
    longest: timedelta
    """In all, however busy."""


# NIST SP 800-63B-3 (4.2.3): AAL2 asks again after 30 minutes without activity and after 12 hours in all. Revision 4
# (2.2.3): should be no more than an hour and 24 hours. Who sees a state, tips or many schools keeps the stricter.
WATCHED = SessionLimits(idle=timedelta(minutes=30), longest=timedelta(hours=12))
# A school's day: a form is begun before lunch and sent after it.
USUAL = SessionLimits(idle=timedelta(hours=2), longest=timedelta(hours=24))

SECOND_FACTOR_OFFICES = frozenset(
    {"state_office", "tip_analyst", "tip_supervisor", "region_coordinator", "agency_lead", "responder"}
)
"""Offices of the state, the tip line and agencies: nobody holds one with a password alone."""

SESSION_LIMITS: dict[str, SessionLimits] = {
    office: WATCHED if office in SECOND_FACTOR_OFFICES else USUAL for office in OFFICES
}

LONGEST_SESSION = max(limits.longest for limits in SESSION_LIMITS.values())
"""After which a session is over whoever it belongs to."""

CLOCK_SLACK = timedelta(minutes=2)
"""Clocks of several hosts differ, and a session is seen to the minute only."""

STEP_UP_MINUTES = 15
"""How long somebody who proved that it is they may do what asks for that."""


def needs_second_factor(offices: Collection[str]) -> bool:
    """Whether somebody with these offices may do nothing before a second factor."""
    return bool(SECOND_FACTOR_OFFICES & set(offices))


def session_limits(offices: Collection[str]) -> SessionLimits:
    """The strictest of those that the offices held now ask for."""
    asked = [SESSION_LIMITS[office] for office in offices] or [USUAL]
    return SessionLimits(min(each.idle for each in asked), min(each.longest for each in asked))


def session_over(*, begun_at: datetime, seen_at: datetime, now: datetime, limits: SessionLimits) -> str:
    """Why a session has ended, as SignIn.Ended names it; empty while it goes on.

    One that seems to come from the future has ended too: the clock was wrong then or is now, and nobody can tell how
    long ago that was. Signing in again begins another, by the clock as it is.
    """
    if now < max(begun_at, seen_at) - CLOCK_SLACK:
        return "clock"
    if now - begun_at > limits.longest:
        return "too_long"
    return "idle" if now - seen_at > limits.idle else ""


def session_ends(*, begun_at: datetime, seen_at: datetime, limits: SessionLimits) -> tuple[datetime, str]:
    """When a session ends if nothing more happens, and why, as session_over would say it."""
    idle, too_long = seen_at + limits.idle, begun_at + limits.longest
    return (idle, "idle") if idle <= too_long else (too_long, "too_long")


def is_recent(proved_at: datetime | None, *, now: datetime) -> bool:
    """Whether somebody proved lately enough that it is they. Not by a proof from the future."""
    if proved_at is None:
        return False
    return -CLOCK_SLACK <= now - proved_at <= timedelta(minutes=STEP_UP_MINUTES)


FREE_TRIES = 10
"""Failures in a row that cost nothing: a person mistypes, and a school's Monday morning is full of them."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
"""Some thirty tries a day are left to whoever guesses; a person who knows their password loses an hour at worst."""
TRIES_FORGOTTEN_AFTER = timedelta(days=1)


def wait_after(failures: int) -> timedelta:
    """How long after so many failures in a row nothing is tried: doubling, up to an hour."""
    if failures < FREE_TRIES:
        return timedelta()
    doubled: int = 2 ** min(failures - FREE_TRIES, 20)
    return min(LONGEST_WAIT, FIRST_WAIT * doubled)


def still_to_wait(failures: int, *, last_at: datetime, now: datetime) -> timedelta:
    """How long is left. One in the future, of a clock that was changed, counts as one of now."""
    passed = max(now - last_at, timedelta())
    if passed > TRIES_FORGOTTEN_AFTER:
        return timedelta()
    return max(wait_after(failures) - passed, timedelta())
