"""The time by which clocks are kept, and whether it can be trusted just now.

The database's time is used, because it is one for all hosts. Time may jump: a time server corrects it, or a machine was
suspended. Right after a jump nothing is judged late; once it has been steady for a while, it counts. What began in a
time that never came is set right by escalating.set_right.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from shelterbelt.core import clock, log_lines

log = log_lines.logger("shelterbelt.tips")
JUMP = timedelta(seconds=5)
"""So far the time may move from what a stopwatch says, from one look to the next."""
STEADY_FOR = 10.0
"""Seconds without a jump, after which the time counts again."""


def database_now() -> datetime:
    """The moment by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


@dataclass
class Steady:
    """Compares the time with a stopwatch, look by look."""

    stopwatch: Callable[[], float] = time.monotonic
    last: tuple[datetime, float] | None = None
    jumped_at: float | None = None
    differs: bool = False
    """Whether the log says already that this host's time is another."""

    def is_steady(self, now: datetime) -> bool:
        """Whether the time has run as it should for a while."""
        ticks = self.stopwatch()
        if self.last is not None and abs((now - self.last[0]) - timedelta(seconds=ticks - self.last[1])) > JUMP:
            self.jumped_at = ticks
            log.warning("time jumped", seconds=round((now - self.last[0]).total_seconds() - (ticks - self.last[1])))
        self.last = now, ticks
        return self.jumped_at is None or ticks - self.jumped_at >= STEADY_FOR

    def compare(self, now: datetime, ours: datetime) -> None:
        """Say once in the log that this host's time isn't the database's: what begins here is due by its time."""
        differs = abs(now - ours) > JUMP
        if differs and not self.differs:
            log.warning("this host's time is not the database's", seconds=round((ours - now).total_seconds()))
        self.differs = differs


STEADY = Steady()


def moment() -> datetime | None:
    """The time by which to judge what is late; None while it can't be trusted."""
    now = database_now()
    STEADY.compare(now, clock.now())
    return now if STEADY.is_steady(now) else None
