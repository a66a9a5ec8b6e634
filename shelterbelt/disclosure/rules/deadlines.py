"""When a request must have its answer: business days after the one on which it came."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from shelterbelt.disclosure.rules.law import WEEKDAYS, Holiday, Law

_SUNDAY = 6
_WEEKEND = (5, _SUNDAY)
_DAY = timedelta(days=1)


def due_on(received_on: date, law: Law) -> date:
    """The last day on which an answer is in time (RSMo 610.023: the third business day following)."""
    day, left = received_on, law.answering.business_days
    while left:
        day += _DAY
        left -= is_business_day(day, law)
    return day


def is_business_day(day: date, law: Law) -> bool:
    """Neither a weekend nor a holiday of the state."""
    return day.weekday() not in _WEEKEND and day not in _holidays(day.year, law)


@cache
def _holidays(year: int, law: Law) -> frozenset[date]:
    return frozenset(_kept_on(_of_year(each, year)) for each in law.holidays)


def _kept_on(day: date) -> date:
    """A holiday on a Sunday is kept on the Monday."""
    return day + _DAY if day.weekday() == _SUNDAY else day


def _of_year(holiday: Holiday, year: int) -> date:
    if holiday.day is not None:
        return date(year, holiday.month, holiday.day)
    wanted = WEEKDAYS.index(holiday.weekday or "monday")
    days = [date(year, holiday.month, n) for n in range(1, monthrange(year, holiday.month)[1] + 1)]
    of_kind = [day for day in days if day.weekday() == wanted]
    place = holiday.place or 1
    return of_kind[place - 1 if place > 0 else place]
