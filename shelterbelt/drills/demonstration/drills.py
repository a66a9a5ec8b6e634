"""Six years of drills, incidents and threats, as complete, late and forgetful as records are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

import numpy as np

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo.world import Row, Rows, School, World, chance, holder, uuids
from shelterbelt.drills.demonstration import phrases
from shelterbelt.drills.demonstration.calendar import school_days, storm_days
from shelterbelt.drills.demonstration.tables import ATTACHMENT, CORRECTIVE_ACTION, DRILL, INVITATION
from shelterbelt.drills.rules import KINDS, NO_PART


class _Habit(NamedTuple):
    """How often a kind is practised, and who comes to it."""

    weight: float
    police: float
    fire: float
    minutes: int


HABITS: dict[str, _Habit] = {
    "fire": _Habit(24, 0.04, 0.28, 9),
    "tornado": _Habit(18, 0.02, 0.05, 14),
    "lockdown": _Habit(14, 0.42, 0.08, 18),
    "active_shooter": _Habit(8, 0.68, 0.42, 35),
    "earthquake": _Habit(6, 0.02, 0.05, 12),
    "evacuation": _Habit(7, 0.12, 0.3, 22),
    "secure": _Habit(7, 0.2, 0.02, 15),
    "hold": _Habit(4, 0.05, 0.01, 12),
    "shelter": _Habit(3, 0.03, 0.04, 15),
    "bus": _Habit(3, 0.02, 0.06, 20),
    "cardiac": _Habit(3, 0.03, 0.2, 12),
    "reunification": _Habit(1.5, 0.5, 0.3, 70),
    "tabletop": _Habit(1.2, 0.6, 0.55, 90),
    "functional": _Habit(0.3, 0.7, 0.7, 120),
    "full_scale": _Habit(0.15, 0.95, 0.95, 180),
}
WEIGHTS = np.cumsum([habit.weight for habit in HABITS.values()])
NAMES = tuple(HABITS)
DRAWS = 24
"""Random numbers that one record uses up."""
ATTACHED = 12
"""One in so many complete records has a file, where a school keeps any."""
ROUTINE = frozenset({"fire", "tornado", "bus"})
"""Held so often that some test nothing of the plan any more."""
RULES = {
    "fire": "msip-fire",
    "tornado": "msip-tornado",
    "active_shooter": "plan-active-shooter",
    "lockdown": "plan-another-part",
}
RULES_SINCE = {"msip-fire": 2022, "msip-tornado": 2022}


@dataclass
class _Book:
    """The rows gathered beside the drills themselves."""

    invitations: list[Row] = field(default_factory=list)
    actions: list[Row] = field(default_factory=list)
    attachments: list[Row] = field(default_factory=list)


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Drills year by year, then invitations, corrective actions and files."""
    book = _Book()
    yield Rows("drills_drill", DRILL, _drills(world, rng, book))
    ids = uuids(rng, len(book.actions))
    actions = ((action_id, *row) for action_id, row in zip(ids, book.actions, strict=True))
    yield Rows("drills_invitation", INVITATION, book.invitations)
    yield Rows("drills_correctiveaction", CORRECTIVE_ACTION, actions)
    yield Rows("drills_attachment", ATTACHMENT, book.attachments)


def _drills(world: World, rng: np.random.Generator, book: _Book) -> Iterator[Row]:
    for year in world.years:
        schools = [school for school in world.schools if school.is_open(year)]
        levels = np.array([school.strength for school in schools]) + world.progress(year)
        silent = rng.random(len(schools)) < 0.16 * (1 - chance(levels - 0.6))
        usual = np.clip(rng.normal(5.4 + 1.1 * levels, 1.6), 2, 12).round().astype(int)
        counts = np.where(silent, rng.integers(0, 2, len(schools)), usual)
        yield from _year(world, rng, book, year, schools, levels, counts)
        yield from _real_ones(world, rng, year, schools)


def _year(
    world: World,
    rng: np.random.Generator,
    book: _Book,
    year: SchoolYear,
    schools: list[School],
    levels: np.ndarray,
    counts: np.ndarray,
) -> Iterator[Row]:
    total = int(counts.sum())
    ids = iter(uuids(rng, total))
    draws = iter(rng.random((total, DRAWS)).tolist())
    kinds = iter(np.searchsorted(WEIGHTS, rng.random(total) * WEIGHTS[-1], side="right").tolist())
    complete = chance(0.55 + 0.7 * levels)
    for school, count, share in zip(schools, counts.tolist(), complete.tolist(), strict=True):
        for _ in range(count):
            row = _drill(world, book, year, school, share, next(ids), NAMES[next(kinds)], next(draws))
            if row is not None:
                yield row


def _drill(
    world: World, book: _Book, year: SchoolYear, school: School, care: float, drill_id: UUID, kind: str, u: list[float]
) -> Row | None:
    """One drill: held, cancelled, missed, or still ahead."""
    days = storm_days(year) if kind == "tornado" else school_days(year)
    day = days[int(u[0] * len(days))]
    if day > world.today:
        if u[1] > 0.55:  # not planned yet
            return None
        if u[6] < HABITS[kind].police or u[7] < HABITS[kind].fire:
            _ask(book, school, drill_id)
        return _not_held(world, school, drill_id, kind, day, year, "scheduled", "")
    if u[1] < 0.04:
        return _not_held(world, school, drill_id, kind, day, year, "cancelled", phrases.CANCELLED[int(u[2] * 4)])
    if u[1] < 0.055:
        return _not_held(world, school, drill_id, kind, day, year, "scheduled", "")
    return _held(world, book, year, school, care, drill_id, kind, day, u)


def _held(
    world: World, book: _Book, year: SchoolYear, school: School, care: float, drill_id: UUID, kind: str, day: date,
    u: list[float],
) -> Row:  # fmt: skip
    habit = HABITS[kind]
    completed_on = day + timedelta(days=int(u[3] * u[3] * 30))
    complete = u[4] < care and completed_on <= world.today
    told = complete or u[5] < 0.6
    police, fire = u[6] < habit.police, u[7] < habit.fire
    exercise = kind in {"tabletop", "functional"}
    planned = day if u[8] < 0.7 else (day - timedelta(days=int(u[9] * 9)) if u[8] < 0.85 else None)
    shooter = kind == "active_shooter"
    improvements = phrases.IMPROVEMENTS[int(u[10] * 14)] if complete or u[10] < 0.3 else ""
    if improvements and u[11] < 0.22:
        book.actions.append(_action(world, school, drill_id, day, u))
    kept = world.documents.get(school.id)
    if complete and kept and drill_id.int % ATTACHED == 0:
        book.attachments.append((drill_id, school.id, kept[drill_id.int % len(kept)]))
    if police or fire or u[12] < 0.06:
        _invite(book, school, drill_id, u, police=police, fire=fire)
    part = KINDS[kind].usual_part or ("communications" if u[13] < 0.5 else "active_shooter")
    if kind in ROUTINE and u[13] < 0.35:
        part = NO_PART
    return (
        drill_id, school.id, "drill", kind, "", "held", _rule(kind, school, year) if planned else "", planned, day,
        time(8 + int(u[14] * 6), int(u[15] * 12) * 5) if told else None,
        max(3, round(habit.minutes * (0.6 + 0.9 * u[16]))) if told else None,
        u[17] < 0.55 if told else None,
        part if complete or u[18] < 0.75 else "", "", "",
        0 if exercise else round(school.students * (0.86 + 0.12 * u[19])) if told else None,
        (4 + int(u[19] * 9) if exercise else round(school.staff * (0.8 + 0.2 * u[20]))) if told else None,
        int(u[20] * 5) if told else None,
        police if complete or u[21] < 0.7 else None, fire if complete or u[21] < 0.7 else None,
        fire and u[22] < 0.4 if told else None, police and u[22] > 0.85 if told else None,
        phrases.ACCOMMODATIONS[int(u[20] * u[20] * 6)] if complete else "",
        day - timedelta(days=2 + int(u[9] * 6)) if shooter and (complete or u[9] < 0.4) else None,
        u[5] < 0.12 if shooter and told else None, (complete or u[5] < 0.5) if shooter else None,
        "", phrases.STRENGTHS[int(u[23] * 14)] if complete or u[23] < 0.3 else "", improvements,
        completed_on if complete else None, "", "form", _writer(school, day),
        datetime.combine(min(completed_on, world.today), time(20, 5), UTC),
    )  # fmt: skip


def _not_held(
    world: World, school: School, drill_id: UUID, kind: str, day: date, year: SchoolYear, status: str, why: str
) -> Row:
    """A drill that was planned only."""
    written = min(day - timedelta(days=20), world.today)
    return _bare(
        drill_id, school, kind=kind, status=status, requirement=_rule(kind, school, year), planned_on=day,
        plan_part=KINDS[kind].usual_part, cancelled_because=why, recorded_by=_writer(school, written), written=written,
    )  # fmt: skip


def _real_ones(world: World, rng: np.random.Generator, year: SchoolYear, schools: list[School]) -> Iterator[Row]:
    """Threats and incidents: rare, but every year has some."""
    chosen = np.flatnonzero(rng.random(len(schools)) < 0.075)
    ids = uuids(rng, len(chosen))
    for index, record_id, u in zip(chosen.tolist(), ids, rng.random((len(chosen), 6)).tolist(), strict=True):
        day = school_days(year)[int(u[0] * len(school_days(year)))]
        school = schools[index]
        if day > world.today:
            continue
        threat = u[1] < 0.62
        classes = (
            ("firearm", "explosive", "knife")
            if threat
            else ("knife", "other_violence", "other_weapon", "not_reportable")
        )
        texts = phrases.THREATS if threat else phrases.INCIDENTS
        kind = ("lockdown", "secure", "hold", "evacuation")[int(u[2] * 4)]
        yield _bare(
            record_id, school, nature="threat" if threat else "incident", kind=kind, status="held",
            incident_class=classes[int(u[3] * len(classes))], held_on=day, started_at=time(7 + int(u[4] * 8), 10),
            minutes=20 + int(u[5] * 80), law_enforcement_present=u[5] < 0.85, summary=texts[int(u[4] * len(texts))],
            completed_on=day, recorded_by=_writer(school, day), written=day,
        )  # fmt: skip


def _bare(drill_id: UUID, school: School, *, written: date, **said: object) -> Row:
    """A record that says only this."""
    row: dict[str, object] = dict.fromkeys(DRILL)
    row |= dict.fromkeys(
        ("incident_class", "requirement", "plan_part", "plan_part_other", "place", "accommodations", "summary",
         "strengths", "improvements", "cancelled_because"), ""
    )  # fmt: skip
    row |= {"id": drill_id, "school_id": school.id, "nature": "drill", "origin": "form"}
    row |= {("recorded_by_id" if name == "recorded_by" else name): value for name, value in said.items()}
    row["recorded_at"] = datetime.combine(written, time(15, 30), UTC)
    return tuple(row.values())


def _rule(kind: str, school: School, year: SchoolYear) -> str:
    """The rule it was planned for, if one asks for its kind that year."""
    rule = RULES.get(kind, "")
    public = school.sector in {"public", "charter"}
    if rule.startswith("msip") and (not public or year.starts < RULES_SINCE[rule]):
        return ""
    return rule


def _writer(school: School, day: date) -> int | None:
    """The coordinator writes it down; where there is none, the principal."""
    return holder(school.coordinator, day) or holder(school.principal, day)


def _invite(book: _Book, school: School, drill_id: UUID, u: list[float], *, police: bool, fire: bool) -> None:
    """The agencies asked to it, and whether they came; not every invitation gets written down."""
    district = school.district
    if district is None or u[22] < 0.15:
        return
    if district.police_id and (police or not fire):
        book.invitations.append((drill_id, school.id, district.police_id, police if u[12] > 0.02 else None))
    if district.fire_id and fire:
        book.invitations.append((drill_id, school.id, district.fire_id, True))


def _ask(book: _Book, school: School, drill_id: UUID) -> None:
    """Agencies asked to a drill still ahead; whether they come isn't known."""
    district = school.district
    for agency in (district.police_id, district.fire_id) if district else ():
        if agency is not None:
            book.invitations.append((drill_id, school.id, agency, None))


def _action(world: World, school: School, drill_id: UUID, day: date, u: list[float]) -> Row:
    due = day + timedelta(days=14 + int(u[2] * 90))
    done = due + timedelta(days=int((u[16] - 0.7) * 60))
    is_done = u[21] < 0.86 and day <= done <= world.today
    return (
        drill_id, school.id, phrases.ACTIONS[int(u[13] * 10)], phrases.OWNERS[int(u[14] * 6)], due,
        done if is_done else None, phrases.OUTCOMES[int(u[15] * 4)] if is_done else "",
    )  # fmt: skip
