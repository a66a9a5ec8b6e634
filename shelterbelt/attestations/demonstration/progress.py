"""Duties that were given to somebody by name, and how far everybody is with recommendations no output measures."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from shelterbelt.attestations.demonstration import phrases
from shelterbelt.attestations.demonstration.tables import DESIGNATION, PROGRESS
from shelterbelt.demo.world import Row, Rows, School, World, chance, holder, uuids
from shelterbelt.strategy import current

ORDER = "Executive Order 19-04"


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Designations of the state and of districts, then progress."""
    named = list(_designations(world, rng))
    yield Rows("attestations_designation", DESIGNATION, _with_ids(named, rng))
    yield Rows("attestations_progress", PROGRESS, _with_ids(list(_progress(world, rng)), rng))


def _with_ids(rows: list[Row], rng: np.random.Generator) -> Iterator[Row]:
    return ((row_id, *row) for row_id, row in zip(uuids(rng, len(rows)), rows, strict=True))


def _designations(world: World, rng: np.random.Generator) -> Iterator[Row]:
    if world.is_first:
        yield from _designations_of_state(world)
    for district in world.districts:
        superintendent = district.superintendent[-1].person_id if district.superintendent else None
        for term in district.cyber:
            level = 1 + int(rng.integers(0, 3))
            yield (district.id, "cybersecurity_coordinator", "By name in the minutes", "Board minutes", level,
                   term.from_on, term.until_on, superintendent)  # fmt: skip


def _designations_of_state(world: World) -> Iterator[Row]:
    state, first = world.ground.state_id, world.state_people[0].person_id
    changed = date(2023, 2, 1)
    yield (
        state,
        "state_safety_coordinator",
        "Office of School Safety, first coordinator",
        ORDER,
        4,
        date(2019, 8, 1),
        changed,
        first,
    )
    yield (state, "state_safety_coordinator", "Office of School Safety", ORDER, 4, changed, None, first)
    yield (
        state,
        "advisory_council",
        "School Safety Advisory Council",
        "Charter of the council",
        3,
        date(2020, 3, 1),
        None,
        first,
    )
    yield (state, "behavioral_health_lead", "Department of Mental Health", "Agreement of both departments", 3,
           date(2021, 1, 15), None, first)  # fmt: skip


def _progress(world: World, rng: np.random.Generator) -> Iterator[Row]:
    plan = current()
    for each in plan.state_recommendations if world.is_first else ():
        yield from _steps(world, rng, world.ground.state_id, each.id, 1.0, world.state_people[0].person_id)
    unmeasured = [each.id for each in plan.local_recommendations if not each.outputs]
    for district in world.districts:
        if district.closed_on is None:
            writer = holder(district.coordinator, world.today) or holder(district.superintendent, world.today)
            for recommendation in unmeasured:
                if rng.random() < 0.72:
                    yield from _steps(world, rng, district.id, recommendation, district.strength, writer)
    for school in world.schools:
        yield from _of_school(world, rng, school, unmeasured)


def _of_school(world: World, rng: np.random.Generator, school: School, unmeasured: list[str]) -> Iterator[Row]:
    if school.closed_on is not None or school.opened_on > world.this_year.starts_on:
        return
    writer = holder(school.principal, world.today) or holder(school.coordinator, world.today)
    for recommendation in unmeasured:
        if rng.random() < 0.45:
            yield from _steps(world, rng, school.id, recommendation, school.strength, writer)


def _steps(
    world: World, rng: np.random.Generator, org: int, recommendation: str, level: float, by: int | None
) -> Iterator[Row]:
    """Where it stands, and for some where it stood before."""
    u = rng.random(8).tolist()
    first, last = world.years[0].starts_on, world.today
    made_on = last - timedelta(days=int(u[0] * u[0] * (last - first).days))
    further = float(chance(level + 0.2))
    status = "in_place" if u[1] < further * 0.75 else "under_way" if u[1] < 0.3 + further * 0.65 else "not_started"
    if status == "in_place" and u[2] < 0.4:
        before = made_on - timedelta(days=30 + int(u[3] * 500))
        yield (org, recommendation, "under_way", "", phrases.NEXT_ACTIONS[int(u[4] * 5)], made_on, by, before, made_on)
    ahead = last + timedelta(days=int((u[5] - 0.2) * 240))
    yield (
        org, recommendation, status, phrases.EVIDENCE[int(u[6] * 5)] if status == "in_place" else "",
        "" if status == "in_place" else phrases.NEXT_ACTIONS[int(u[7] * 5)],
        None if status == "in_place" else max(ahead, made_on), by, made_on, None,
    )  # fmt: skip
