"""The days on which schools are in session: weekdays from late August to late May, without the usual holidays."""

from datetime import date, timedelta
from functools import cache

from shelterbelt.core.school_year import SchoolYear


@cache
def school_days(year: SchoolYear) -> tuple[date, ...]:
    """Every school day of a year."""
    first, last = date(year.starts, 8, 20), date(year.starts + 1, 5, 24)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and not _is_holiday(day))


@cache
def storm_days(year: SchoolYear) -> tuple[date, ...]:
    """School days in the weeks before and in tornado season, and in September."""
    return tuple(day for day in school_days(year) if day.month in {9, 2, 3, 4})


def _is_holiday(day: date) -> bool:
    monday, third = day.weekday() == 0, 15 <= day.day <= 21
    return (
        (day.month == 12 and day.day > 21)
        or (day.month == 1 and (day.day < 4 or (monday and third)))
        or (day.month == 9 and monday and day.day <= 7)
        or (day.month == 11 and 22 <= day.day <= 28 and day.weekday() >= 2)
        or (day.month == 2 and monday and third)
        or (day.month == 3 and 17 <= day.day <= 21)
    )
