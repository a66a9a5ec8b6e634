"""How long something is tried, how often, and when the next way is taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BACK_OFF = tuple(timedelta(seconds=each) for each in (30, 120, 300, 900, 1800))
"""After each failure for now; the last one for all that follow."""
HOLD = timedelta(seconds=30)
"""How long whoever took attempts keeps others away before one is begun. What died meanwhile is taken by others then."""
BEGUN = timedelta(minutes=2)
"""How long a begun attempt may take until it counts as uncertain: longer than any time limit of a channel."""


@dataclass(frozen=True)
class Pace:
    """What an urgency means."""

    rank: int
    """The smaller, the sooner."""
    until: timedelta
    """After this nothing is begun any more."""
    patience: timedelta | None
    """When the next address (or step) is tried although this one may still succeed; none: only once it has failed."""


PACES = {
    "life_safety": Pace(0, timedelta(hours=4), timedelta(minutes=1)),
    "urgent": Pace(1, timedelta(hours=24), timedelta(minutes=10)),
    "routine": Pace(2, timedelta(days=3), None),
}


def next_try(*, number: int, at: datetime, ends_at: datetime) -> datetime | None:
    """When an address that failed for now is tried again; None when that would be too late."""
    again = at + BACK_OFF[min(number, len(BACK_OFF)) - 1]
    return again if again < ends_at else None


def patience_ends(urgency: str, at: datetime) -> datetime | None:
    """When the next way is taken if this one hasn't led anywhere."""
    patience = PACES[urgency].patience
    return None if patience is None else at + patience


def trimmed(reply: str, longest: int) -> str:
    """A provider's reply as it is kept: one line, readable, not too long."""
    plain = "".join(letter if letter.isprintable() else " " for letter in reply)
    return " ".join(plain.split())[:longest]
