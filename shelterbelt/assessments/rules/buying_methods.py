"""The methods by which a purchase is judged, and where money comes from (data/buying)."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from shelterbelt.assessments.rules.buying_data import Published, in_force, numbered, versions


class Method(BaseModel):
    """A way to judge a purchase. Only recognized ones count for E-O1."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    name: str
    recognized: bool
    what: str
    report: bool = False
    """The judgment is a report from elsewhere, attached, instead of scores on our template."""


class Methods(Published):
    """All of them, as published."""

    methods: tuple[Method, ...]

    def method(self, key: str) -> Method:
        """One of them; KeyError if there is none of that name."""
        return next((each for each in self.methods if each.key == key), None) or _none(key)


class Source(BaseModel):
    """Where money comes from, and what that asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    name: str
    note: str = ""


class Funding(Published):
    """All sources, as published."""

    sources: tuple[Source, ...]


class Level(BaseModel):
    """What a score means."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    score: int
    name: str
    what: str


class Scoring(Published):
    """The scale, as published."""

    levels: tuple[Level, ...]


def _none(key: str) -> Method:
    raise KeyError(key)


def methods_on(on: date) -> Methods:
    """The methods in force on a day."""
    return in_force(versions(Methods, "buying/methods")["methods"], on)


def method_as_chosen(key: str, version: int) -> Method:
    """A method as it read when it was chosen."""
    return numbered(versions(Methods, "buying/methods")["methods"], version).method(key)


def funding_sources(on: date) -> Mapping[str, Source]:
    """Where money can come from, by key."""
    return {each.key: each for each in in_force(versions(Funding, "buying/funding")["funding"], on).sources}


@cache
def highest_score() -> int:
    """The best score there is."""
    return max(
        level.score for published in versions(Scoring, "buying/scoring")["scoring"] for level in published.levels
    )


def scale(on: date) -> tuple[Level, ...]:
    """What the scores mean."""
    return in_force(versions(Scoring, "buying/scoring")["scoring"], on).levels
