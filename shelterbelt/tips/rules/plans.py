"""What must happen by when, and what a miss does: data/clocks.yaml, checked."""

import re
from datetime import time, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from shelterbelt.core.environment import SettingError
from shelterbelt.tips.rules.reading import read_rules

FILE = Path(__file__).resolve().parent.parent / "data" / "clocks.yaml"
KINDS = ("claim", "dispatch", "acknowledge", "chain", "outcome", "reply")
OF_REFERRALS = frozenset({"acknowledge", "chain", "outcome"})
"""Kinds of which each referral has its own; the others are the tip's."""
DEEDS = frozenset({
    "alarm_owner", "alarm_on_duty", "alarm_supervisors", "alarm_everybody",
    "next_contact", "district", "law_enforcement_again", "ask_outcome",
})  # fmt: skip
_LENGTH = re.compile(r"(\d+) (minute|hour|school day|day)s?")
_MINUTES = {"minute": 1, "hour": 60}
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Length(_Part):
    """How long something may take: a time that runs, days by the wall clock, or days of school."""

    number: Annotated[int, Field(ge=1, le=1000)]
    unit: Literal["minute", "hour", "school day", "day"]

    @property
    def is_days(self) -> bool:
        """Whether it is counted by the calendar and not by the stopwatch."""
        return self.unit == "day"

    def running(self, school_day: timedelta) -> timedelta:
        """As time that runs."""
        if self.unit == "school day":
            return self.number * school_day
        return timedelta(minutes=self.number * _MINUTES[self.unit])

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


def _length(told: Any) -> Any:
    match = _LENGTH.fullmatch(told) if isinstance(told, str) else None
    if match is None:
        raise ValueError("A length is told like `5 minutes`, `2 hours`, `1 school day` or `15 days`.")
    return {"number": int(match[1]), "unit": match[2]}


class Step(_Part):
    """One turn of an escalation."""

    within: Annotated[Length, BeforeValidator(_length)]
    hours: Literal["always", "desk", "school"]
    do: Annotated[tuple[str, ...], Field(min_length=1)]
    again: bool = False

    @model_validator(mode="after")
    def _fits(self) -> "Step":
        if unknown := set(self.do) - DEEDS:
            raise ValueError(f"Nobody knows how to {', '.join(sorted(unknown))}. Known: {', '.join(sorted(DEEDS))}.")
        if (self.within.unit == "school day") != (self.hours == "school"):
            raise ValueError("School days run in hours `school`, and nothing else does.")
        if self.within.is_days and self.hours != "always":
            raise ValueError("Days run `always`.")
        return self


class Plan(_Part):
    """The steps of one kind, for tips about life safety and for others."""

    life_safety: Annotated[tuple[Step, ...], Field(min_length=1)]
    other: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _only_the_last_is_repeated(self) -> "Plan":
        if any(step.again for steps in (self.life_safety, self.other) for step in steps[:-1]):
            raise ValueError("Only the last step can be repeated.")
        return self

    def steps(self, *, is_life_safety: bool) -> tuple[Step, ...]:
        """Those of a tip."""
        return self.life_safety if is_life_safety else self.other


class Break(_Part):
    """Days without school in every year: from a day to a day, or around a day such as `last Monday of May`."""

    name: str
    rule: Annotated[
        str, Field(pattern=r"^(first|second|third|fourth|last) (Mon|Tues|Wednes|Thurs|Fri)day of [A-Z][a-z]+$")
    ] = ""
    days_before: Annotated[int, Field(ge=0, le=7)] = 0
    days_after: Annotated[int, Field(ge=0, le=7)] = 0
    from_: Annotated[MonthDay | None, Field(alias="from")] = None
    until: MonthDay | None = None

    @model_validator(mode="after")
    def _says_when(self) -> "Break":
        if bool(self.rule) == (self.from_ is not None) or (self.from_ is None) != (self.until is None):
            raise ValueError("A break has a `rule`, or `from` and `until`.")
        return self


class Window(_Part):
    """Hours of every day, by the wall clock."""

    from_: Annotated[time, Field(alias="from")]
    until: time

    @model_validator(mode="after")
    def _ends_later(self) -> "Window":
        if self.until <= self.from_:
            raise ValueError("Hours end later than they begin, on the same day.")
        return self


class Hours(_Part):
    """The hours that have a name."""

    desk: Window


Count = Annotated[int, Field(ge=1)]


class Settings(_Part):
    """The whole file."""

    version: Literal[1]
    hours: Hours
    breaks: tuple[Break, ...]
    at_latest_days: Count
    unanswered_alarm_seconds: Count
    shift_hours: Annotated[int, Field(ge=1, le=24)]
    seen_within_minutes: Count
    clocks: dict[Literal["claim", "dispatch", "acknowledge", "chain", "outcome", "reply"], Plan]

    @model_validator(mode="after")
    def _all_kinds_are_there(self) -> "Settings":
        if missing := set(KINDS) - set(self.clocks):
            raise ValueError(f"There is no plan for {', '.join(sorted(missing))}.")
        return self

    def step(self, kind: str, number: int, *, is_life_safety: bool) -> Step | None:
        """The step with this number, from 1; the last again and again if it is repeated; None after the last."""
        steps = self.clocks[kind].steps(is_life_safety=is_life_safety)  # type: ignore[index]
        if number <= len(steps):
            return steps[number - 1]
        return steps[-1] if steps[-1].again else None


@cache
def settings() -> Settings:
    """What is set, checked. Raises SettingError with the reason: asked for at the start, a wrong file stops it."""
    try:
        return Settings.model_validate(read_rules("clocks.yaml"))
    except ValidationError as error:
        raise SettingError(f"clocks.yaml doesn't tell clocks of the tip desk: {error}") from error


def read(text: str) -> Settings:
    """The settings that a file tells."""
    return Settings.model_validate(yaml.safe_load(text))
