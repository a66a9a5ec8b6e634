"""Reads defaults.yaml, once in a process."""

from datetime import time, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from shelterbelt.contacts.rules.settings import SchoolDay, Settings

FILE = Path(__file__).with_name("defaults.yaml")
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Days = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Full(_Part):
    confirmed: Days


class _Day(_Part):
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...]
    opens_at: time
    closes_at: time


class _Year(_Part):
    first: MonthDay
    last: MonthDay


class _File(_Part):
    verified_for_days: Days
    ask_on_days: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(min_length=1)]
    red_after_days: Days
    link_works_days: Days
    asked_in_one_go: Days
    full_chain: _Full
    school_day: _Day
    school_year: _Year

    @model_validator(mode="after")
    def _reminders_are_in_order(self) -> "_File":
        days = self.ask_on_days
        if days[0] != 0 or list(days) != sorted(set(days)) or self.red_after_days <= days[-1]:
            raise ValueError("`ask_on_days` begins with 0 and rises, and `red_after_days` comes after its last.")
        return self


@cache
def settings() -> Settings:
    """What is set, checked: a wrong file stops the start with the reason."""
    told = _File.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    return Settings(
        verified_for=timedelta(days=told.verified_for_days),
        ask_on_days=told.ask_on_days,
        red_after=timedelta(days=told.red_after_days),
        link_works=timedelta(days=told.link_works_days),
        asked_in_one_go=told.asked_in_one_go,
        full_chain_confirmed=told.full_chain.confirmed,
        school_day=SchoolDay(told.school_day.opens_at, told.school_day.closes_at, told.school_day.weekdays),
        first_day=_month_day(told.school_year.first),
        last_day=_month_day(told.school_year.last),
    )


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
