"""How often a school is assessed: once in every school year, as RSMo 160.480 asks for each facility."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shelterbelt.core.school_year import SchoolYear

REMIND_DAYS = (90, 30, 7)
"""So many days before the year ends, schools of which nothing is on the way are reminded."""
MIN_ROLES = 3
"""A team of fewer roles walks past what the others would see; E-O2 asks for so many."""

State = Literal["done", "under_way", "open", "overdue"]


@dataclass(frozen=True)
class Due:
    """What a school still owes its year."""

    state: State
    by: date


def due(year: SchoolYear, on: date, *, is_done: bool, is_under_way: bool) -> Due:
    """Where a school stands in a year, on a day."""
    if is_done:
        return Due("done", year.ends_on)
    if on > year.ends_on:
        return Due("overdue", year.ends_on)
    return Due("under_way" if is_under_way else "open", year.ends_on)


def reminds_on(day: date) -> bool:
    """Whether reminders go out on a day."""
    return any(SchoolYear.of(day).ends_on - timedelta(days=days) == day for days in REMIND_DAYS)
