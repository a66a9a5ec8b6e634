"""Reads which records may be closed, under which exemption, from when until when."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FOLDER = Path(__file__).resolve().parent.parent / "data"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Basis = Literal["read", "reported", "recalled"]
Usually = Literal["open", "by_office", "closed"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Exemption(_Part):
    """A ground on which the law lets a record be closed."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z-]{2,30}$")]
    citation: str
    from_: Annotated[date, Field(alias="from")]
    until: date | None = None
    basis: Basis
    covers: str
    needs_statement: bool
    stays_open: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.from_ <= day and (self.until is None or day < self.until)


class Records(_Part):
    """A class of records, and how it usually stands."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z-]{2,30}$")]
    name: str
    usually: Usually
    exemptions: Annotated[tuple[str, ...], Field(strict=False)] = ()

    @property
    def may_be_closed(self) -> bool:
        """Whether any exemption is known for it."""
        return bool(self.exemptions)


class Holiday(_Part):
    """A day on which offices are closed: a date, or the first, second or last weekday of a month."""

    name: str
    month: Annotated[int, Field(ge=1, le=12)]
    day: int | None = None
    weekday: Literal["monday", "thursday"] | None = None
    place: int | None = None


class Answering(_Part):
    """How long a request may wait."""

    source: str
    basis: Basis
    business_days: Annotated[int, Field(ge=1)]


class Law(_Part):
    """A state's file as a whole."""

    state: str
    exemptions: Annotated[tuple[Exemption, ...], Field(strict=False)]
    records: Annotated[tuple[Records, ...], Field(strict=False)]
    answering: Answering
    holidays: Annotated[tuple[Holiday, ...], Field(strict=False)]

    @model_validator(mode="after")
    def _names_exist(self) -> "Law":
        known = {each.id for each in self.exemptions}
        for records in self.records:
            if unknown := set(records.exemptions) - known:
                raise ValueError(f"{records.id} names {sorted(unknown)}, which is no exemption of this file.")
        return self

    def class_of(self, name: str) -> Records:
        """The class of this name; KeyError where there is none."""
        return {each.id: each for each in self.records}[name]

    def exemption(self, name: str, on: date) -> Exemption | None:
        """The exemption as it stands on a day; None where it doesn't hold."""
        return next((each for each in self.exemptions if each.id == name and each.holds(on)), None)

    def exemptions_for(self, name: str, on: date) -> tuple[Exemption, ...]:
        """On which grounds a class may be closed on a day."""
        return tuple(each for each in self.exemptions if each.id in self.class_of(name).exemptions and each.holds(on))


@cache
def law(state: str = "MO") -> Law:
    """The state's rules. ValueError for a state nobody has written them down for, or a file that is wrong."""
    for path in sorted(FOLDER.glob("*.yaml")):
        found = Law.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        if found.state == state:
            return found
    raise ValueError(f"Nobody has written down what may be closed in {state}.")
