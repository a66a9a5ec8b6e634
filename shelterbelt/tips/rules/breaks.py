"""Days on which schools usually have none: what data/clocks.yaml says of every year."""

from datetime import date, timedelta
from functools import lru_cache

from shelterbelt.tips.rules.plans import Break, settings

_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def is_usual_break(day: date) -> bool:
    """Whether schools usually have no school on a day."""
    return any(first <= day <= last for first, last in usual_breaks(day.year))


@lru_cache(maxsize=64)
def usual_breaks(year: int) -> tuple[tuple[date, date], ...]:
    """The first and last day of each break that touches a year."""
    return tuple(_span(each, start) for each in settings().breaks for start in (year - 1, year))


def _span(given: Break, year: int) -> tuple[date, date]:
    if given.from_ is None or given.until is None:
        day = _day(given.rule, year)
        return day - timedelta(days=given.days_before), day + timedelta(days=given.days_after)
    first, last = date.fromisoformat(f"{year}-{given.from_}"), date.fromisoformat(f"{year}-{given.until}")
    return first, last if last >= first else date.fromisoformat(f"{year + 1}-{given.until}")


def _day(rule: str, year: int) -> date:
    """The day that words such as `last Monday of May` mean."""
    place, weekday, _of, month = rule.split()
    number = _MONTHS.index(month) + 1
    all_of = [date(year, number, day) for day in range(1, 32) if _is_day(year, number, day)]
    return [day for day in all_of if day.weekday() == _WEEKDAYS.index(weekday)][_PLACES[place]]


def _is_day(year: int, month: int, day: int) -> bool:
    return day <= 28 or (date(year, month, 28) + timedelta(days=day - 28)).month == month
