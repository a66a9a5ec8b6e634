"""Loads a requirements' file, or says everything that is wrong with it at once, line by line."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from shelterbelt.drills.rules import KINDS, RESPONDERS
from shelterbelt.strategy.source import Document, Place, Problem, read

FOLDER = Path(__file__).parent

Basis = Literal["read", "reported", "recalled"]
Sector = Literal["public", "charter", "private", "parochial"]
DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class RequirementsError(Exception):
    """The file cannot be used. `problems` holds each reason with its line."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path = path
        self.problems = sorted(set(problems))
        super().__init__("\n".join(f"{path.name}, line {each.line}: {each.sentence}" for each in self.problems))


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Deadline(_Part):
    """So many by a day of the school year."""

    by: str
    count: Annotated[int, Field(ge=1)]

    @field_validator("by")
    @classmethod
    def _is_a_day(cls, by: str) -> str:
        match = re.fullmatch(r"(0[1-9]|1[0-2])-(\d\d)", by)
        if not match or not 1 <= int(match[2]) <= DAYS_IN_MONTH[int(match[1]) - 1] or by == "02-29":
            raise ValueError(f"`by` is `{by}`. It must be a month and day that every year has, such as 12-31.")
        return by

    @property
    def place_in_year(self) -> tuple[bool, str]:
        """Sorts by the school year, which starts in July."""
        return self.by < "07-01", self.by


class Requirement(_Part):
    """One rule: who asks which schools for how many drills of which kinds, from when until when."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{2,39}$")]
    name: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    basis: Basis
    binding: Literal["required", "ordinary", "recommended"]
    from_: Annotated[date, Field(alias="from")]
    until: date | None = None
    sectors: Annotated[tuple[Sector, ...], Field(strict=False)] = ()
    counties: Annotated[tuple[str, ...], Field(strict=False)] = ()
    counties_basis: Basis | None = None
    counties_note: str = ""
    kinds: Annotated[tuple[str, ...], Field(strict=False)] = ()
    other_than: Annotated[tuple[str, ...], Field(strict=False)] = ()
    tests_plan: bool = False
    with_students: bool = False
    with_: Annotated[tuple[str, ...], Field(alias="with", strict=False)] = ()
    count: Annotated[int, Field(ge=1)]
    deadlines: Annotated[tuple[Deadline, ...], Field(min_length=1, strict=False)]
    note: str = ""

    @field_validator("kinds", "other_than")
    @classmethod
    def _kinds_exist(cls, kinds: tuple[str, ...]) -> tuple[str, ...]:
        for kind in kinds:
            if kind not in KINDS:
                raise ValueError(f"There is no kind of drill called `{kind}`. Known: {', '.join(KINDS)}.")
        return kinds

    @field_validator("counties")
    @classmethod
    def _counties_are_codes(cls, counties: tuple[str, ...]) -> tuple[str, ...]:
        for county in counties:
            if not re.fullmatch(r"\d{5}", county):
                raise ValueError(f"`{county}` is no FIPS code of a county. Write five digits in quotes.")
        return counties

    @field_validator("with_")
    @classmethod
    def _responders_exist(cls, services: tuple[str, ...]) -> tuple[str, ...]:
        for service in services:
            if service not in RESPONDERS:
                raise ValueError(f"There is no responder called `{service}`. Known: {', '.join(RESPONDERS)}.")
        return services

    @model_validator(mode="after")
    def _fits_together(self) -> "Requirement":
        if self.until is not None and self.until <= self.from_:
            raise ValueError(f"{self.id} ends on {self.until}, before it begins on {self.from_}.")
        if self.kinds and self.other_than:
            raise ValueError(f"{self.id} has both `kinds` and `other_than`. Give one of them.")
        counts = [deadline.count for deadline in self.deadlines]
        days = [deadline.place_in_year for deadline in self.deadlines]
        if counts != sorted(set(counts)) or days != sorted(set(days)):
            raise ValueError(f"The deadlines of {self.id} must follow each other through the year with growing counts.")
        if counts[-1] != self.count:
            raise ValueError(f"The last deadline of {self.id} must be for all {self.count}.")
        return self

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.from_ <= day and (self.until is None or day < self.until)

    def applies_to_school(self, sector: str, counties: frozenset[str]) -> bool:
        """Whether it is meant for such a school."""
        return (not self.sectors or sector in self.sectors) and (not self.counties or bool(counties & {*self.counties}))


class _File(_Part):
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    requirements: Annotated[tuple[Requirement, ...], Field(strict=False)]


def load(path: Path) -> tuple[str, tuple[Requirement, ...]]:
    """The state's postal code and its rules. Raises RequirementsError with every problem found."""
    document = _read(path)
    file = _checked(document)
    _ids_stand_once_at_a_time(document)
    if document.problems or file is None:
        raise RequirementsError(path, document.problems)
    return file.state, file.requirements


@cache
def for_state(state: str) -> tuple[Requirement, ...]:
    """The rules for a state; none when nobody has written them down."""
    files = dict(load(path) for path in sorted(FOLDER.glob("*.yaml")))
    return files.get(state, ())


def _read(path: Path) -> Document:
    try:
        document = read(path)
    except (OSError, UnicodeDecodeError) as error:
        raise RequirementsError(path, [Problem(1, f"The file cannot be read: {error}.")]) from error
    if not isinstance(document.said, dict):
        raise RequirementsError(path, document.problems or [Problem(1, "The file holds no requirements.")])
    return document


def _checked(document: Document) -> _File | None:
    try:
        return _File.model_validate(document.said)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            document.complain(*_in_plain_words(detail))
        return None


def _ids_stand_once_at_a_time(document: Document) -> None:
    """A rule written anew keeps its name, but the two never hold on the same day."""
    last: dict[str, Place] = {}
    for place in document.each("requirements"):
        called = document.word(*place, "id")
        if called in last:
            ended, begins = document.at((*last[called], "until")), document.at((*place, "from"))
            if not isinstance(ended, date) or (isinstance(begins, date) and begins < ended):
                line = document.line((*last[called], "id"))
                document.complain(
                    (*place, "id"), f"`{called}` stands on line {line} and hasn't ended when this begins."
                )
        if called:
            last[called] = place


def _in_plain_words(detail: ErrorDetails) -> tuple[Place, str]:  # noqa: PLR0911  one sentence for each fault
    """Where it went wrong, and a sentence instead of a validator's message."""
    place: Place = detail["loc"]
    names = [step for step in place if isinstance(step, str)]
    what, found = (f"`{names[-1]}`" if names else "This"), detail["input"]
    match detail["type"]:
        case "missing":
            return place[:-1], f"{what} is missing."
        case "extra_forbidden":
            return place, f"{what} is not a word of this format."
        case "literal_error":
            return place, f"{what} is `{found}`. It must be {detail['ctx']['expected']}."
        case "value_error":
            return place, str(detail["ctx"]["error"])
        case "date_type" | "date_parsing":
            return place, f"{what} must be a date such as 2025-08-28."
        case "string_pattern_mismatch":
            return place, f"{what} is `{found}`. It must look like {detail['ctx']['pattern']}."
        case "int_type" | "greater_than_equal":
            return place, f"{what} must be a whole number from 1."
        case "bool_type":
            return place, f"{what} must be true or false."
        case "string_type":
            return place, f"{what} must be words; put numbers in quotes."
        case _:
            return place, f"{what}: {detail['msg']}."
