"""The years in which tips are counted: school years, calendar years and the state's fiscal years."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_SCHOOL = re.compile(r"(\d{4})-(\d{2})")
FIRST, LAST = 2000, 3000


@dataclass(frozen=True)
class Period:
    """A year of one kind: 2026-27, 2026, or FY2027."""

    kind: str
    slug: str
    first: date
    last: date


def school_year(starts: int) -> Period:
    """1 July to 30 June."""
    slug = f"{starts}-{(starts + 1) % 100:02d}"
    return Period("school", slug, date(starts, 7, 1), date(starts + 1, 6, 30))


def calendar_year(year: int) -> Period:
    """1 January to 31 December."""
    return Period("calendar", str(year), date(year, 1, 1), date(year, 12, 31))


def fiscal_year(year: int) -> Period:
    """Missouri's fiscal year, named by the year in which it ends: 1 July to 30 June (Mo. Const. art. IV, s. 23)."""
    return Period("fiscal", f"FY{year}", date(year - 1, 7, 1), date(year, 6, 30))


def period_of(slug: str) -> Period | None:
    """The period that a slug names; None for anything else."""
    if not slug.isascii():
        return None
    if (match := _SCHOOL.fullmatch(slug)) and (int(match[1]) + 1) % 100 == int(match[2]):
        return _within(school_year, int(match[1]))
    if slug.startswith("FY") and slug[2:].isdecimal() and len(slug) == 6:
        return _within(fiscal_year, int(slug[2:]))
    return _within(calendar_year, int(slug)) if slug.isdecimal() and len(slug) == 4 else None


def _within(make: Callable[[int], Period], year: int) -> Period | None:
    return make(year) if FIRST <= year < LAST else None


def periods(first: date, today: date) -> list[Period]:
    """Every period from the day of the first count to today, the latest of each kind first."""
    starts = range(first.year - (first.month < 7), today.year - (today.month < 7) + 1)
    schools = [school_year(year) for year in reversed(starts)]
    calendars = [calendar_year(year) for year in range(today.year, first.year - 1, -1)]
    return [*schools, *calendars, *(fiscal_year(each.first.year + 1) for each in schools)]
