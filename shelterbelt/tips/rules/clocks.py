"""When something is due: from its start, how long it may take, and the hours in which that time runs.

Time that runs is real time: on the night clocks change, an hour of it is an hour. What opens and closes, and days, go
by the wall clock.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from shelterbelt.tips.rules.plans import Step, settings

IsOpen = Callable[[date], bool]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Opening:
    """Hours of a day, on those days that have any."""

    from_: time
    until: time
    is_open: IsOpen

    @property
    def length(self) -> timedelta:
        """How long a day is."""
        return datetime.combine(date.min, self.until) - datetime.combine(date.min, self.from_)

    def moments(self, day: date, zone: tzinfo) -> tuple[datetime, datetime] | None:
        """When it opens and closes on a day; None on a day when it doesn't."""
        if not self.is_open(day):
            return None
        return _moment(day, self.from_, zone), _moment(day, self.until, zone)


def every_day(_day: date) -> bool:
    """The calendar of what opens each day."""
    return True


def desk_hours() -> Opening:
    """The hours in which the desk sends what isn't about life safety."""
    window = settings().hours.desk
    return Opening(window.from_, window.until, every_day)


def due(step: Step, start: datetime, *, school: Opening, zone: tzinfo) -> datetime:
    """When a step that starts now is due. `school` is the calendar of the school that it is about."""
    if step.within.is_days:
        return days_later(start, step.within.number, zone)
    return due_after(step, step.within.running(school.length), start, school=school, zone=zone)


def due_after(step: Step, length: timedelta, start: datetime, *, school: Opening, zone: tzinfo) -> datetime:
    """When so much running time, in a step's hours, is over."""
    start = start.astimezone(UTC)  # between moments of one local zone Python counts by the wall clock
    if step.hours == "always":
        return start + length
    opening = school if step.hours == "school" else desk_hours()
    latest = days_later(start, settings().at_latest_days, zone)
    return min(_used_up(start, length, opening, zone, latest), latest)


def put_off(
    step: Step, due_at: datetime, paused_at: datetime, at: datetime, *, school: Opening, zone: tzinfo
) -> datetime:
    """When something is due that had been paused: what was left of its time then begins to run again now."""
    due_at, paused_at, at = (each.astimezone(UTC) for each in (due_at, paused_at, at))
    if due_at <= paused_at or at <= paused_at:
        return due_at
    if step.hours == "always":
        return due_at + (at - paused_at)
    opening = school if step.hours == "school" else desk_hours()
    return due_after(step, running(paused_at, due_at, opening, zone), at, school=school, zone=zone)


def left(due_at: datetime, at: datetime, paused_at: datetime | None = None) -> timedelta:
    """How much time there is until something is due; less than nothing once it is overdue. A paused clock stands."""
    return due_at.astimezone(UTC) - (at if paused_at is None else min(at, paused_at)).astimezone(UTC)


def days_later(start: datetime, days: int, zone: tzinfo) -> datetime:
    """The same time by the wall clock, so many days on. Where the clock leaps over it, an hour later."""
    local = start.astimezone(zone)
    return _moment(local.date() + days * ONE_DAY, local.timetz().replace(tzinfo=None), zone, fold=local.fold)


def running(start: datetime, end: datetime, opening: Opening, zone: tzinfo) -> timedelta:
    """How much time runs between two moments."""
    spans = _spans(start, opening, zone, end)
    return sum((max(min(until, end) - max(from_, start), timedelta()) for from_, until in spans), timedelta())


def _used_up(start: datetime, length: timedelta, opening: Opening, zone: tzinfo, latest: datetime) -> datetime:
    for opens, closes in _spans(start, opening, zone, latest):
        begins = max(opens, start)
        if closes - begins >= length:
            return begins + length
        length -= max(closes - begins, timedelta())
    return latest


def _spans(start: datetime, opening: Opening, zone: tzinfo, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The openings that aren't over at the start, up to the day of the end."""
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        span = opening.moments(day, zone)
        if span is not None and span[1] > start:
            yield span
        day += ONE_DAY


def _moment(day: date, at: time, zone: tzinfo, *, fold: int = 0) -> datetime:
    """In UTC, in which moments can be compared and subtracted without surprise."""
    return datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC)
