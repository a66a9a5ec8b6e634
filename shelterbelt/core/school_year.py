"""The school year: 1 July to 30 June, named by both years (2026-27)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

YEARS = range(1900, 3000)
"""Years that somebody may mean."""


@dataclass(frozen=True, order=True)
class SchoolYear:
    """A school year, known by the calendar year in which it starts."""

    starts: int

    @property
    def starts_on(self) -> date:
        """1 July."""
        return date(self.starts, 7, 1)

    @property
    def ends_on(self) -> date:
        """30 June of the next calendar year."""
        return date(self.starts + 1, 6, 30)

    @property
    def slug(self) -> str:
        """How it stands in addresses and files: 2026-27."""
        return f"{self.starts}-{(self.starts + 1) % 100:02d}"

    def __str__(self) -> str:
        return self.slug

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def __add__(self, years: int) -> "SchoolYear":
        return SchoolYear(self.starts + years)

    def __sub__(self, years: int) -> "SchoolYear":
        return SchoolYear(self.starts - years)

    def last_day_by(self, today: date) -> date:
        """The day on which this year is judged: its end, or today while it runs."""
        return min(self.ends_on, max(today, self.starts_on))

    @property
    def days(self) -> int:
        """365 or 366."""
        return (self.ends_on - self.starts_on) // timedelta(days=1) + 1

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """The school year a day falls in."""
        return cls(day.year if day.month >= 7 else day.year - 1)

    @classmethod
    def named(cls, slug: str) -> "SchoolYear":
        """Read `2026-27`; ValueError with a sentence when it is not one."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", slug)
        if not match or (int(match[1]) + 1) % 100 != int(match[2]) or int(match[1]) not in YEARS:
            raise ValueError(f"{slug!r} is not a school year; write it as 2026-27.")
        return cls(int(match[1]))
