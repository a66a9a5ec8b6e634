"""How long a tip is kept once it is closed (data/retention.yaml)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from shelterbelt.tips.rules.reading import read_rules


@dataclass(frozen=True)
class Schedule:
    """One class of tips and how many days it is kept."""

    code: str
    kinds: tuple[str, ...]
    is_life_safety: bool | None
    days: int
    titles: tuple[tuple[str, str], ...]

    def covers(self, kind: str, *, is_life_safety: bool) -> bool:
        """Whether a tip is of this class."""
        return kind in self.kinds and self.is_life_safety in {None, is_life_safety}

    def title(self, language: str) -> str:
        """Its name in a language; in English where there is none."""
        names = dict(self.titles)
        return names.get(language[:2], names["en"])


@cache
def schedules() -> tuple[Schedule, ...]:
    """All classes, in the order of the file."""
    return tuple(
        Schedule(
            row["code"],
            tuple(row["kinds"]),
            row.get("life_safety"),
            row["days"],
            (("en", row["en"]), ("es", row["es"])),
        )
        for row in read_rules("retention.yaml")["classes"]
    )


def schedule_of(kind: str, *, is_life_safety: bool) -> Schedule:
    """The class of a tip."""
    return next(each for each in schedules() if each.covers(kind, is_life_safety=is_life_safety))


def expires_on(kind: str, *, is_life_safety: bool, closed_on: date) -> date:
    """The first day on which a tip may be disposed of."""
    return closed_on + timedelta(days=schedule_of(kind, is_life_safety=is_life_safety).days)


def pushed(expires: date | None, *, wrote_on: date) -> date | None:
    """The day it expires once the reporter wrote again: no sooner than some days from then."""
    if expires is None:
        return None
    days: int = read_rules("retention.yaml")["reporter_wrote_days"]
    return max(expires, wrote_on + timedelta(days=days))
