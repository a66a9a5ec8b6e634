"""The demonstration state while it is being made up: what one generator invents and the next builds on."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo.names import Names

Row = tuple[object, ...]


class Rows(NamedTuple):
    """Rows for one table, made as they are read."""

    table: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


@dataclass(frozen=True)
class County:
    """A real county, as the directory has it."""

    id: int
    name: str
    fips: str
    code: str
    """The three digits with which its district codes begin."""
    point: tuple[float, float] | None
    """Latitude and longitude of its middle."""
    regions: tuple[tuple[str, int], ...] = ()
    """The regions it lies in, by system, development centers left out."""


@dataclass(frozen=True)
class Ground:
    """What is real and was there before: the state, its counties and regions."""

    state_id: int
    counties: tuple[County, ...]
    rpdc: dict[str, int] = field(default_factory=dict)
    """The development centers that the directory has, by code."""
    counties_with_rpdc: frozenset[int] = frozenset()
    last_ids: dict[str, int] = field(default_factory=dict)
    """The number before the first free one, for each table whose rows get theirs before they are written."""


@dataclass(slots=True)
class District:
    """An invented district and what makes it different from others."""

    id: int
    name: str
    place: str
    county: County
    sector: str
    opened_on: date
    closed_on: date | None
    strength: float
    """How far it is with its safety work; 0 is the middle, in standard deviations."""
    schools: list["School"] = field(default_factory=list)
    police_id: int | None = None
    fire_id: int | None = None
    superintendent: list["Term"] = field(default_factory=list)
    coordinator: list["Term"] = field(default_factory=list)
    cyber: list["Term"] = field(default_factory=list)

    def is_open(self, year: SchoolYear) -> bool:
        """Whether it exists for the whole of a year."""
        return _is_open(self.opened_on, self.closed_on, year)


@dataclass(slots=True)
class School:
    """An invented school."""

    id: int
    name: str
    district: District | None
    county: County
    sector: str
    grades: tuple[str, str]
    students: int
    opened_on: date
    closed_on: date | None
    strength: float
    former: tuple[date, date] | None = None
    """An earlier opening: from one day up to another, after which it stayed closed until `opened_on`."""
    principal: list["Term"] = field(default_factory=list)
    coordinator: list["Term"] = field(default_factory=list)
    resource_officers: list["Term"] = field(default_factory=list)
    protection_officers: list["Term"] = field(default_factory=list)

    def is_open(self, year: SchoolYear) -> bool:
        """Whether it exists for the whole of a year."""
        before = self.former is not None and _is_open(*self.former, year)
        return before or _is_open(self.opened_on, self.closed_on, year)

    @property
    def began_on(self) -> date:
        """The day it first opened."""
        return self.former[0] if self.former else self.opened_on

    def officers(self, day: date) -> int:
        """How many officers of either kind serve it on a day."""
        return sum(term.holds(day) for term in (*self.resource_officers, *self.protection_officers))

    @property
    def staff(self) -> int:
        """About one adult for nine students."""
        return 5 + self.students // 9


class Term(NamedTuple):
    """That a person held an office from one day up to another."""

    person_id: int
    from_on: date
    until_on: date | None
    appointment_id: int = 0

    def holds(self, day: date) -> bool:
        """Whether it held on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class Agency(NamedTuple):
    """An invented agency of one service."""

    id: int
    service: str
    name: str
    county: County


class HeldPlan(NamedTuple):
    """The emergency plan of an organisation, and the version of it that is in force."""

    plan_id: int
    version_id: int
    number: int
    adopted_on: date


def holder(terms: Iterable[Term], day: date) -> int | None:
    """Who held the office on a day; nobody while it was vacant."""
    return next((term.person_id for term in terms if term.holds(day)), None)


@dataclass
class World:
    """The state as far as it is invented."""

    ground: Ground
    size: float
    years: tuple[SchoolYear, ...]
    today: date
    names: Names
    part: int = 0
    """A very large state is made of parts, each with counties of its own; the first has the real ones."""
    parts: int = 1
    centers: tuple[int, ...] = ()
    """All regional professional development centers."""
    districts: list[District] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    by_county: dict[tuple[str, int], int] = field(default_factory=dict)
    """The agency of a service that a county has."""
    state_people: list[Term] = field(default_factory=list)
    desk: list[Term] = field(default_factory=list)
    """Who works at the tip desk: analysts, then their supervisor."""
    leads: dict[int, list[Term]] = field(default_factory=dict)
    """Who led each agency."""
    documents: dict[int, list[uuid.UUID]] = field(default_factory=dict)
    """The files that each organisation keeps."""
    plans: dict[int, HeldPlan] = field(default_factory=dict)
    """The plan in force at each organisation that has one."""
    _ids: dict[str, int] = field(default_factory=dict)

    def used(self, table: str) -> int:
        """How many numbers of a table have been given."""
        first = self.ground.last_ids.get(table, 0)
        return self._ids.get(table, first) - first

    def next_id(self, table: str) -> int:
        """A number for the next row of a table."""
        number = self._ids.get(table, self.ground.last_ids.get(table, 0)) + 1
        self._ids[table] = number
        return number

    @property
    def is_first(self) -> bool:
        """Whether it is the part that has the real counties, and what there is once in a state."""
        return self.part == 0

    @property
    def domain(self) -> str:
        """With what every address ends."""
        return "example.org" if self.is_first else f"part-{self.part}.example.org"

    @property
    def this_year(self) -> SchoolYear:
        """The school year that runs."""
        return self.years[-1]

    def scaled(self, at_full_size: float, *, least: int = 1) -> int:
        """A count that goes with the size of the state."""
        return max(least, round(at_full_size * self.size))

    def progress(self, year: SchoolYear) -> float:
        """How much better things are than in the first year, in standard deviations."""
        return 0.28 * (year.starts - self.years[0].starts)


def new_world(
    ground: Ground, *, size: float, years: int, today: date, seed: int, part: int = 0, parts: int = 1
) -> World:
    """An empty state on real ground, or one of the parts of a large one."""
    last = SchoolYear.of(today)
    return World(
        ground=ground,
        size=size,
        years=tuple(last - back for back in range(years - 1, -1, -1)),
        today=today,
        names=Names(np.random.default_rng([seed, 0, part] if part else [seed, 0])),
        part=part,
        parts=parts,
    )


def uuids(rng: np.random.Generator, many: int) -> list[uuid.UUID]:
    """Random ids that come out the same for the same seed."""
    raw = rng.bytes(16 * many)
    return [uuid.UUID(bytes=raw[start : start + 16], version=4) for start in range(0, 16 * many, 16)]


def moment(day: date, luck: float) -> datetime:
    """A moment of a day between seven in the morning and six in the evening, about as the state's clocks show it."""
    return datetime.combine(day, time(13), UTC) + timedelta(seconds=int(luck * 11 * 3600))


def chance(level: float | np.ndarray) -> np.ndarray:
    """How likely a yes is at a level given in standard deviations."""
    return np.asarray(1.0 / (1.0 + np.exp(-1.6 * np.asarray(level))))


def days_between(first: date, last: date, share: float) -> date:
    """The day that lies a share of the way from one to another."""
    return first + timedelta(days=int((last - first).days * share))


def _is_open(opened_on: date, closed_on: date | None, year: SchoolYear) -> bool:
    return opened_on <= year.starts_on and (closed_on is None or closed_on > year.ends_on)


Generator = Callable[[World, np.random.Generator], Iterator[Rows]]
