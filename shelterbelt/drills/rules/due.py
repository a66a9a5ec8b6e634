"""Which drills the dated requirement rules ask of a school in a year, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills.rules.kinds import NO_PART

State = Literal["done", "scheduled", "open", "overdue"]


class Deadline(Protocol):
    """So many by then."""

    @property
    def by(self) -> str:
        """Month and day: 12-31."""

    @property
    def count(self) -> int:
        """How many by then, counted from the start of the year."""


class Requirement(Protocol):
    """A rule as the requirements' file gives it."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of drills that answer it; empty: any."""

    @property
    def other_than(self) -> tuple[str, ...]:
        """Kinds that don't."""

    @property
    def tests_plan(self) -> bool:
        """Only drills that name the part of the plan they test."""

    @property
    def with_students(self) -> bool:
        """Only drills in which students took part."""

    @property
    def count(self) -> int:
        """How many in a school year."""

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Until when; the last one is for all of them."""

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""

    def applies_to_school(self, sector: str, counties: frozenset[str]) -> bool:
        """Whether it is meant for such a school."""


@dataclass(frozen=True)
class School:
    """What the rules ask about a school."""

    sector: str
    counties: frozenset[str]
    """FIPS codes of the county it lies in."""
    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True)
class Due:
    """One requirement of a school in a year."""

    requirement: Any
    needed: int
    held: tuple[Any, ...]
    scheduled: tuple[Any, ...]
    due_on: date
    """The next deadline that isn't met; the last one when all is done."""
    state: State

    @property
    def is_done(self) -> bool:
        """Nothing more to do."""
        return self.state == "done"


def due(rules: Sequence[Requirement], year: SchoolYear, drills: Sequence[Any], on: date, school: School) -> list[Due]:
    """What is asked of a school in a school year, judged on a day; what is due first stands first."""
    items = [_item(rule, year, drills, on, school) for rule in rules if _asked(rule, year, school)]
    return sorted(items, key=lambda item: (item.is_done, item.due_on))


def school_year_day(year: SchoolYear, month_and_day: str) -> date:
    """A month and day (12-31) inside a school year."""
    month, day = (int(part) for part in month_and_day.split("-"))
    return date(year.starts if month >= 7 else year.starts + 1, month, day)


def answers(requirement: Requirement, drill: Any) -> bool:
    """Whether a drill is of the kind a requirement asks for. Real incidents and threats never are."""
    if drill.nature != "drill" or drill.kind in requirement.other_than:
        return False
    if requirement.kinds and drill.kind not in requirement.kinds:
        return False
    if requirement.tests_plan and drill.plan_part in {"", NO_PART}:
        return False
    return not requirement.with_students or drill.held_on is None or bool(drill.students)


def _asked(rule: Requirement, year: SchoolYear, school: School) -> bool:
    """In force when the year starts or from a day in it, for such a school, with a deadline while it is open."""
    in_force = rule.holds(year.starts_on) or rule.holds(year.ends_on)
    return in_force and rule.applies_to_school(school.sector, school.counties) and bool(_deadlines(rule, year, school))


def _deadlines(rule: Requirement, year: SchoolYear, school: School) -> list[tuple[date, int]]:
    """The deadlines that fall into the time the school is open and the rule in force."""
    days = [(school_year_day(year, deadline.by), deadline.count) for deadline in rule.deadlines]
    return [
        (day, count)
        for day, count in days
        if rule.holds(day) and day >= school.opened_on and (school.closed_on is None or day < school.closed_on)
    ]


def _item(rule: Requirement, year: SchoolYear, drills: Sequence[Any], on: date, school: School) -> Due:
    mine = [drill for drill in drills if answers(rule, drill)]
    held = tuple(drill for drill in mine if drill.status == "held" and drill.held_on in year and drill.held_on <= on)
    ahead = tuple(
        drill for drill in mine if drill.status == "scheduled" and drill.planned_on in year and drill.planned_on >= on
    )
    deadlines = _deadlines(rule, year, school)
    needed = deadlines[-1][1]
    due_on = next((day for day, count in deadlines if len(held) < count), deadlines[-1][0])
    return Due(rule, needed, held, ahead, due_on, _state(len(held), ahead, deadlines, on))


def _state(held: int, ahead: tuple[Any, ...], deadlines: list[tuple[date, int]], on: date) -> State:
    open_ones = [(day, count) for day, count in deadlines if held < count]
    if not open_ones:
        return "done"
    if open_ones[0][0] < on:
        return "overdue"
    in_time = all(held + sum(drill.planned_on <= day for drill in ahead) >= count for day, count in open_ones)
    return "scheduled" if in_time else "open"
