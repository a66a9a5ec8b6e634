"""When an emergency plan is of high quality (D-O1), and what a school lacks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shelterbelt.core.school_year import SchoolYear

Lack = Literal["version", "year", "evaluation", "score", "critical", "sections"]


@dataclass(frozen=True)
class InForce:
    """What is known of the version in force and its last evaluation."""

    adopted_on: date
    attested_on: tuple[date, ...] = ()
    score: float | None = None
    passes: bool | None = None
    """No critical point failed; None where it was never evaluated, or the report doesn't say."""
    missing: Sequence[str] = ()
    """Needed sections that it lacks."""


def is_of_the_year(version: InForce, year: SchoolYear, on: date) -> bool:
    """Adopted or confirmed in the school year, up to a day."""
    return any(year.starts_on <= day <= min(on, year.ends_on) for day in (version.adopted_on, *version.attested_on))


def lacks(version: InForce | None, *, year: SchoolYear, on: date, min_score: float) -> tuple[Lack, ...]:
    """What keeps a plan from being of high quality, the first thing to do first; nothing, if it is."""
    if version is None:
        return ("version",)
    found: list[Lack] = []
    if not is_of_the_year(version, year, on):
        found.append("year")
    if version.missing:
        found.append("sections")
    if version.score is None:
        found.append("evaluation")
    elif version.score < min_score:
        found.append("score")
    if version.score is not None and version.passes is not True:
        found.append("critical")
    return tuple(found)
