"""Which agencies hold which plans, whether they acknowledged the version in force, and who opened it."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from shelterbelt.demo.world import HeldPlan, Row, Rows, School, World, chance, holder, moment, uuids
from shelterbelt.plans.demonstration import texts

SHARE = (
    "id", "plan_id", "org_id", "agency_id", "parts", "purpose", "from_on", "until_on", "is_outside", "shared_by_id",
    "shared_at", "told_version_id", "revoked_at", "revoked_by_id", "revoked_because",
)  # fmt: skip
RECEIPT = ("share_id", "version_id", "org_id", "agency_id", "acknowledged_by_id", "name", "acknowledged_at")
OPENING = ("share_id", "version_id", "org_id", "agency_id", "person_id", "name", "how", "opened_at")
PARTS = "{" + ",".join(texts.OF_SMALL_PLANS) + "}"
PURPOSE = "To know the school before we call, and to train with us."
LEAD = "Agency lead"
SERVICES = ("law_enforcement", "fire", "emergency_management", "ems")
LIKELY = (1.6, 1.0, 0.1, -0.6)
"""How readily a plan goes to each service; 0 is the middle."""
DRAWS = 4


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Shares of the plans in force, with their receipts and openings."""
    held = [(school, world.plans[school.id]) for school in world.schools if school.id in world.plans]
    pairs = [
        (school, plan, agency, likely)
        for school, plan in held
        for agency, likely in zip(_agencies(world, school), LIKELY, strict=True)
        if agency is not None
    ]
    ids, draws = uuids(rng, len(pairs)), rng.random((len(pairs), DRAWS)).tolist()
    shares: list[Row] = []
    receipts: list[Row] = []
    openings: list[Row] = []
    for (school, plan, agency, likely), key, u in zip(pairs, ids, draws, strict=True):
        if u[0] < chance(likely + school.strength):
            shares.append(_share(world, school, plan, agency, key, u))
            if u[1] < chance(1.2 + 0.5 * school.strength):
                receipts.append(_receipt(world, school, plan, agency, key, u))
                openings += list(_openings(world, school, plan, agency, key, u))
    yield Rows("plans_share", SHARE, shares)
    yield Rows("plans_receipt", RECEIPT, receipts)
    yield Rows("plans_opening", OPENING, openings)


def _agencies(world: World, school: School) -> list[int | None]:
    """Of each service the district's own, or the county's."""
    own = {}
    if school.district is not None:
        own = {"law_enforcement": school.district.police_id, "fire": school.district.fire_id}
    return [own.get(service) or world.by_county.get((service, school.county.id)) for service in SERVICES]


def _share(world: World, school: School, plan: HeldPlan, agency: int, key: UUID, u: list[float]) -> Row:
    day = _day(world, plan, 3 + int(u[2] * 20))
    writer = holder(school.coordinator, day) or holder(school.principal, day)
    return (
        key, plan.plan_id, school.id, agency, PARTS, PURPOSE, day, None, False, writer, moment(day, u[2]),
        plan.version_id, None, None, "",
    )  # fmt: skip


def _receipt(world: World, school: School, plan: HeldPlan, agency: int, key: UUID, u: list[float]) -> Row:
    day = _day(world, plan, 24 + int(u[3] * 40))
    lead = holder(world.leads.get(agency, []), day)
    return key, plan.version_id, school.id, agency, lead, LEAD, moment(day, u[3])


def _openings(world: World, school: School, plan: HeldPlan, agency: int, key: UUID, u: list[float]) -> Iterator[Row]:
    for number, how in enumerate(("read", "copy")[: 1 + (u[2] < 0.4)]):
        day = _day(world, plan, 24 + int(u[3] * 40) + 9 * number)
        lead = holder(world.leads.get(agency, []), day)
        yield key, plan.version_id, school.id, agency, lead, LEAD, how, moment(day, u[3])


def _day(world: World, plan: HeldPlan, after: int) -> date:
    return min(world.today, plan.adopted_on + timedelta(days=after))
