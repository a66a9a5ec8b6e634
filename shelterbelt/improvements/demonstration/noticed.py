"""What people noticed in the last year and this one: some of it mended, some overdue, some waiting for money."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import numpy as np

from shelterbelt.demo.world import Row, Rows, School, World, holder, uuids

FINDING = (
    "id", "org_id", "source_kind", "source_id", "source_part", "what", "place", "likelihood", "impact", "found_on",
    "found_by_id", "recorded_at", "withdrawn_on", "withdrawn_because",
)  # fmt: skip
ACTION = (
    "id", "finding_id", "org_id", "what", "owner_id", "owner_name", "due_on", "cost", "funding", "status", "done_on",
    "outcome", "verified_on", "verified_by_id", "accepted_by", "accepted_because", "accepted_until", "planned_by_id",
    "planned_at", "reminded_on",
)  # fmt: skip
SEEN = (
    ("A door of the gym doesn't latch", "Gym, north side", 3, 3, "Fit a new latch", 260, "school"),
    ("Two classrooms can't be locked from inside", "East wing", 2, 4, "Fit locks that lock from inside", 3400,
     "state_grant"),
    ("The public address system can't be heard outside", "Playground", 3, 3, "Add two outdoor speakers", 1850,
     "district"),
    ("The camera at the bus loop is dark at night", "Bus loop", 2, 2, "Add a light at the bus loop", 900, "district"),
    ("Shrubs hide the side entrance from the street", "Side entrance", 2, 2, "Cut back the shrubs", 0, "none_needed"),
    ("The AED cabinet's battery is old", "Main hall", 2, 4, "Replace battery and pads", 320, "school"),
    ("Visitors can walk past the office", "Main entrance", 3, 4, "Build a second set of doors", 48000, "bond"),
    ("Portable classrooms have no radio", "Portables", 3, 3, "Buy four radios", 1400, "federal_grant"),
)  # fmt: skip
OWNERS = ("Facilities", "Maintenance lead", "Technology office", "School nurse", "Assistant principal")
SHARE = 0.22
"""Of schools that wrote something down in a year."""
DRAWS = 9


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Findings, then what is done about them."""
    findings: list[Row] = []
    actions: list[Row] = []
    for year in world.years[-2:]:
        schools = [school for school in world.schools if school.is_open(year)]
        chosen = np.flatnonzero(rng.random(len(schools)) < SHARE).tolist()
        ids = uuids(rng, 2 * len(chosen))
        draws = rng.random((len(chosen), DRAWS)).tolist()
        for place, u in zip(chosen, draws, strict=True):
            found_on = year.starts_on + timedelta(days=int(u[0] * 330))
            if found_on < world.today:
                _one(world, schools[place], found_on, (ids.pop(), ids.pop()), u, findings, actions)
    yield Rows("improvements_finding", FINDING, findings)
    yield Rows("improvements_correctiveaction", ACTION, actions)


def _one(
    world: World, school: School, found_on: date, ids: tuple[UUID, UUID], u: list[float], findings: list[Row],
    actions: list[Row],
) -> None:  # fmt: skip
    what, place, likelihood, impact, act, cost, funding = SEEN[int(u[1] * len(SEEN))]
    who = holder(school.coordinator, found_on) or holder(school.principal, found_on)
    at = datetime.combine(found_on, time(16, 10), UTC)
    findings.append(
        (ids[0], school.id, "noticed", None, "", what, place, likelihood, impact, found_on, who, at, None, "")
    )
    if u[2] > 0.12:  # else nothing is planned yet
        due = found_on + timedelta(days=30 + int(u[3] * 150))
        told = _state(world, found_on, due, u)
        actions.append(
            (ids[1], ids[0], school.id, act, None, OWNERS[int(u[4] * len(OWNERS))], due, Decimal(cost), funding, *told,
             who, at, None)
        )  # fmt: skip


def _state(world: World, found_on: date, due: date, u: list[float]) -> Row:
    """Where it stands: most of what was due is done, and most of that was checked."""
    done_on = max(found_on, due - timedelta(days=int(u[5] * 25)))
    if done_on < world.today and u[6] < 0.82:
        checked = u[7] < 0.7
        return ("verified" if checked else "done", done_on, "Done and tested.", done_on if checked else None, None, "",
                "", None)  # fmt: skip
    if u[8] < 0.12:
        until = world.today + timedelta(days=int(u[7] * 200) - 20)
        return "risk_accepted", None, "", None, None, "Principal", "Goes away with the rebuilding in summer.", until
    status = ("assigned", "in_progress", "awaiting_funds")[int(u[8] * 3)]
    return status, None, "", None, None, "", "", None
