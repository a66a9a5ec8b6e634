"""When somebody answers: always, while school is in session, or while it isn't.

Times of day are the wall clock's at the state, so that a school day is as long on the day clocks change as on others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from shelterbelt.contacts.rules.settings import SchoolDay, Settings

HOURS = ("always", "school_hours", "after_hours")


@dataclass(frozen=True)
class Timetable:
    """When an organisation's school is in session: its hours, and the days that have none."""

    day: SchoolDay
    breaks: tuple[tuple[date, date], ...] = ()
    """First and last day of each."""
    first_day: tuple[int, int] | None = None
    """Month and day on which school begins, where nobody entered breaks."""
    last_day: tuple[int, int] | None = None

    def in_session(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether school is held at this moment."""
        local = at.astimezone(zone)
        return self.has_school(local.date()) and self.day.opens_at <= local.time() < self.day.closes_at

    def has_school(self, day: date) -> bool:
        """Whether it is a school day."""
        if day.isoweekday() not in self.day.weekdays or self._in_summer(day):
            return False
        return not any(first <= day <= last for first, last in self.breaks)

    def _in_summer(self, day: date) -> bool:
        if self.first_day is None or self.last_day is None:
            return False
        return self.last_day < (day.month, day.day) < self.first_day


def usual(
    settings: Settings, *, opens_at: time | None, closes_at: time | None, breaks: Iterable[tuple[date, date]]
) -> Timetable:
    """A timetable with what is known of an organisation, and the usual where nothing is.

    The summer is assumed, also beside entered breaks: in those weeks a school's number rings in an empty building.
    """
    day = SchoolDay(
        opens_at or settings.school_day.opens_at,
        closes_at or settings.school_day.closes_at,
        settings.school_day.weekdays,
    )
    return Timetable(day, tuple(breaks), settings.first_day, settings.last_day)


def answers_at(hours: str, *, in_session: bool) -> bool:
    """Whether somebody with these hours is to be called now."""
    return hours == "always" or (hours == "school_hours") == in_session
