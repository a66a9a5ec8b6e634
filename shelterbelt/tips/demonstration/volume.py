"""How many tips come on which day, by which way and about what.

The volume follows what Missouri published of its line by calendar year: 430 tips in 2019, 330 in 2020, 594, 999, and
1,573 in 2023 (tip brief, section 2.1). Shares of channels and subjects are those of demonstration answers to A-O2.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from shelterbelt.core.school_year import SchoolYear

FIRST_YEAR, GROWTH = 1573, 1.1
"""Tips in the first year that the desk counted itself, and how many times as many each year after."""
ATTESTED_ONLY = 2
"""The oldest years, in which the desk wasn't here."""
MONTHS = {1: 1.1, 2: 1.2, 3: 1.0, 4: 1.15, 5: 1.0, 6: 0.3, 7: 0.22, 8: 0.75, 9: 1.35, 10: 1.3, 11: 1.15, 12: 0.8}
WEEKDAYS = (1.2, 1.25, 1.2, 1.15, 1.1, 0.5, 0.6)
HOURS = (2, 1, 1, 1, 1, 1, 3, 8, 11, 10, 10, 11, 10, 9, 9, 8, 6, 6, 6, 7, 8, 8, 6, 4)
SURGES = ((1, date(2000, 1, 22)), (2, date(2000, 9, 9)))
"""After a national event: in which of the desk's years, and the first day of the week of it."""
SURGE = 4.0
CHANNELS = {"phone": 0.14, "web": 0.38, "app": 0.31, "text": 0.15, "email": 0.02}
APART = {"real": 0.745, "duplicate": 0.07, "spam": 0.09, "test": 0.04, "prank": 0.025, "false": 0.02,
         "out_of_scope": 0.01}  # fmt: skip
"""What tips turn out to be."""
TYPES = {
    "shooting_threat": 9, "gun": 4, "planned_attack": 2, "threat_to_kill": 4, "knife": 3, "explosive": 1.5,
    "suicide": 10, "self_harm": 5, "depression": 3, "bullying": 18, "cyberbullying": 8, "stalking": 1.5,
    "assault": 3.5, "fighting": 4, "gang": 0.8, "dating_violence": 0.8, "child_abuse": 2.2, "sexual_offense": 3,
    "sexual_images": 1.8, "trafficking": 0.3, "drugs": 4, "overdose": 0.5, "alcohol": 1.5, "vaping": 6,
    "eating_disorder": 0.7, "runaway": 1.2, "vandalism": 2.2, "adult_concern": 2.5, "other": 3.2,
}  # fmt: skip
NOTICES = 0.16
"""Notices of agencies for one tip; they are counted apart."""


def desk_years(years: tuple[SchoolYear, ...]) -> tuple[SchoolYear, ...]:
    """The years that the desk counted itself."""
    return years[ATTESTED_ONLY:] or years[-1:]


def days(
    years: tuple[SchoolYear, ...], size: float, until: date, rng: np.random.Generator
) -> Iterator[tuple[date, int, bool]]:
    """Each day before `until` with how many tips came, and whether it lies in a surge."""
    for index, year in enumerate(years):
        whole = [year.starts_on + timedelta(days=day) for day in range((year.ends_on - year.starts_on).days + 1)]
        weights = np.array([MONTHS[day.month] * WEEKDAYS[day.weekday()] for day in whole])
        surging = np.array([_surges(index, year, day) for day in whole])
        usual = FIRST_YEAR * GROWTH**index * size * weights / weights.sum() / _counted()
        counts = rng.poisson(np.where(surging, SURGE, 1.0) * usual)
        for day, many, surge in zip(whole, counts.tolist(), surging.tolist(), strict=True):
            if day < until:
                yield day, many, surge


def _surges(index: int, year: SchoolYear, day: date) -> bool:
    starts = [first.replace(year=year.starts + (first.month < 7)) for which, first in SURGES if which == index]
    return any(first <= day < first + timedelta(days=7) for first in starts)


def _counted() -> float:
    """The share of what comes that the headline counts."""
    return sum(share for kind, share in APART.items() if kind not in {"duplicate", "spam", "test"})
