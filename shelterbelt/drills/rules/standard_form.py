"""The standard form: what a finished record of a drill or incident says. Outputs D-O5, F-O4 and F-O5 count by it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, NamedTuple, Protocol

from shelterbelt.drills.rules.kinds import OTHER_PART
from shelterbelt.drills.rules.sentences import _


@dataclass(frozen=True)
class Facts:
    """What is known the moment a drill ends: the quick form."""

    kind: str
    held_on: date
    nature: str = "drill"
    incident_class: str = ""
    started_at: time | None = None
    minutes: int | None = None
    is_announced: bool | None = None
    plan_part: str = ""
    plan_part_other: str = ""
    place: str = ""
    students: int | None = None
    staff: int | None = None
    visitors: int | None = None
    law_enforcement_present: bool | None = None
    fire_present: bool | None = None
    ems_present: bool | None = None
    emergency_management_present: bool | None = None


@dataclass(frozen=True)
class Learned:
    """What is known after talking about it: the after-action form."""

    summary: str = ""
    strengths: str = ""
    improvements: str = ""
    accommodations: str = ""
    parents_told_on: date | None = None
    simulated_with_students: bool | None = None
    debriefed: bool | None = None


class Record(Protocol):
    """Anything with the answers of the form."""

    nature: Any
    kind: Any
    incident_class: Any
    held_on: Any
    started_at: Any
    minutes: Any
    is_announced: Any
    plan_part: Any
    plan_part_other: Any
    students: Any
    staff: Any
    law_enforcement_present: Any
    fire_present: Any
    ems_present: Any
    emergency_management_present: Any
    accommodations: Any
    parents_told_on: Any
    simulated_with_students: Any
    debriefed: Any
    summary: Any
    strengths: Any
    improvements: Any


class Missing(NamedTuple):
    """An answer the form still waits for."""

    field: str
    reason: str


class _Ask(NamedTuple):
    field: str
    reason: str
    is_answered: Callable[[Record], bool]


def _given(field: str) -> Callable[[Record], bool]:
    """Answered by anything but nothing: no and zero are answers, an empty text is none."""

    def answered(record: Record) -> bool:
        value = getattr(record, field)
        return bool(value.strip()) if isinstance(value, str) else value is not None

    return answered


def _part_is_named(record: Record) -> bool:
    return bool(record.plan_part) and (record.plan_part != OTHER_PART or bool(record.plan_part_other.strip()))


def _somebody_took_part(record: Record) -> bool:
    return (record.students or 0) + (record.staff or 0) > 0


ALWAYS = (
    _Ask("kind", _("Say what kind it was."), _given("kind")),
    _Ask("held_on", _("Give the day."), _given("held_on")),
    _Ask("started_at", _("Give the time it began."), _given("started_at")),
)
OF_A_DRILL = (
    _Ask("minutes", _("Say how many minutes it took."), _given("minutes")),
    _Ask("is_announced", _("Say whether it was announced beforehand."), _given("is_announced")),
    _Ask("plan_part", _("Name the part of the emergency plan it tested."), _part_is_named),
    _Ask("students", _("Give the number of students; 0 if none took part."), _given("students")),
    _Ask("staff", _("Give the number of staff."), _given("staff")),
    _Ask(
        "law_enforcement_present",
        _("Say whether law enforcement was there."),
        _given("law_enforcement_present"),
    ),
    _Ask("fire_present", _("Say whether the fire service was there."), _given("fire_present")),
    _Ask("strengths", _("Write what went well."), _given("strengths")),
    _Ask("improvements", _("Write what could be better."), _given("improvements")),
    _Ask(
        "accommodations",
        _("Write what was done for those who need help, or that nobody needed any."),
        _given("accommodations"),
    ),
)
OF_AN_ACTIVE_SHOOTER_DRILL = (
    _Ask(
        "parents_told_on",
        _("Give the day on which parents were told. It is asked when students take part."),
        lambda record: record.students == 0 or record.parents_told_on is not None,
    ),
    _Ask(
        "simulated_with_students",
        _("Say whether students saw or heard a simulated attack."),
        _given("simulated_with_students"),
    ),
    _Ask("debriefed", _("Say whether it was talked over afterwards."), _given("debriefed")),
)
"""After the guidance of school psychologists and school resource officers (NASP, NASRO) for armed-assailant drills."""

OF_AN_INCIDENT = (
    _Ask("incident_class", _("Say what it was by the state's classes."), _given("incident_class")),
    _Ask("summary", _("Write in a few sentences what happened, without names."), _given("summary")),
    _Ask(
        "law_enforcement_present",
        _("Say whether law enforcement was there."),
        _given("law_enforcement_present"),
    ),
)
SOMEBODY = Missing("students", _("Nobody took part by this record. Give the numbers."))


def missing_from(record: Record) -> list[Missing]:
    """The answers that the standard form still waits for, in the form's order; empty when it is complete."""
    missing = [Missing(ask.field, ask.reason) for ask in _asks(record) if not ask.is_answered(record)]
    counted = record.students is not None and record.staff is not None
    if record.nature == "drill" and counted and not _somebody_took_part(record):
        missing.append(SOMEBODY)
    return missing


def _asks(record: Record) -> tuple[_Ask, ...]:
    if record.nature != "drill":
        return (*ALWAYS, *OF_AN_INCIDENT)
    more = OF_AN_ACTIVE_SHOOTER_DRILL if record.kind == "active_shooter" else ()
    return (*ALWAYS, *OF_A_DRILL, *more)
