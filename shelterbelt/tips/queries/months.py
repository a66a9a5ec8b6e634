"""Which month's key the door uses."""

import time
from datetime import date

from django.db.models.functions import Length

from shelterbelt.tips.models import MonthKey


def month_in_use(on: date) -> MonthKey | None:
    """The key of this day's month, or the latest before it where the clock that makes them is late."""
    usable = MonthKey.objects.filter(destroyed_at=None, month__lte=f"{on:%Y-%m}")
    return usable.order_by("-month", "-made_at", Length("name").desc(), "-name").first()


KEPT_FOR = 30.0
"""Seconds for which the line's process doesn't ask again. Months end and keys are destroyed years apart."""
_kept: tuple[float, date, MonthKey | None] = (0.0, date.min, None)


def month_kept(on: date) -> MonthKey | None:
    """The same for the tip line's process, which asks at every tip."""
    global _kept  # noqa: PLW0603  one for the process
    until, day, month = _kept
    if month is None or day != on or time.monotonic() > until:
        month = month_in_use(on)
        _kept = time.monotonic() + KEPT_FOR, on, month
    return month
