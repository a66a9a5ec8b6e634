"""How plans in force were evaluated, and how many of the staff heard what is new in them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from shelterbelt.demo.world import HeldPlan, Row, Rows, School, World, chance, holder, uuids

EVALUATION = (
    "id", "plan_id", "org_id", "version_id", "method", "method_version", "is_recognized", "evaluator",
    "evaluator_name", "evaluator_org", "begun_at", "begun_by_id", "state", "evaluated_on", "submitted_at",
    "submitted_by_id", "score", "failed", "missing", "passes", "report_name", "report_type", "report_sha256",
)  # fmt: skip
BRIEFING = (
    "id", "plan_id", "org_id", "version_id", "held_on", "topics", "led_by", "minutes", "attended", "staff",
    "recorded_by_id", "recorded_at", "withdrawn_because",
)  # fmt: skip
METHODS = (("nine_areas", 0.7), ("federal_criteria", 0.9), ("missouri", 1.0))
CRITICAL = ("roles_contacts", "keeping_shared", "annex_reunification")
TOPICS = ("What is new in the plan", "New contacts and roles", "The new way out, and where families come")
DRAWS = 10


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Evaluations of the versions in force, then sessions on them."""
    held = [(school, world.plans[school.id]) for school in world.schools if school.id in world.plans]
    ids, draws = uuids(rng, 2 * len(held)), rng.random((len(held), DRAWS)).tolist()
    evaluations: list[Row] = []
    briefings: list[Row] = []
    for (school, plan), u in zip(held, draws, strict=True):
        first, second = ids.pop(), ids.pop()
        who = holder(school.coordinator, world.today) or holder(school.principal, world.today)
        if who is None:
            continue
        if u[0] < chance(school.strength + 0.8):
            evaluations.append((first, *_evaluation(world, school, plan, who, u)))
        if u[1] < chance(school.strength + 0.7):
            briefings.append((second, *_briefing(world, school, plan, who, u)))
    yield Rows("plans_evaluation", EVALUATION, evaluations)
    yield Rows("plans_briefing", BRIEFING, briefings)


def _evaluation(world: World, school: School, plan: HeldPlan, who: int, u: list[float]) -> Row:
    day = _day(world, plan, u[2])
    score = Decimal(int(4000 + 6000 * min(1.0, u[3] ** 0.5 + 0.12 * school.strength)))
    score = min(Decimal(100), max(Decimal(20), score / 100))
    method = next(name for name, below in METHODS if u[4] < below)
    failed = CRITICAL[int(u[5] * len(CRITICAL))] if u[6] < 0.75 - float(score) / 140 else ""
    evaluator = "state" if u[7] < 0.06 else "peer" if u[7] < 0.2 else "self"
    name = {"state": "State school safety office", "peer": "A neighboring district", "self": "Planning team"}[evaluator]
    return (
        plan.plan_id, school.id, plan.version_id, method, 1, True, evaluator, name, "", _at(day), who, "submitted",
        day, _at(day), who, score, "{" + failed + "}", "{}", not failed, "", "", "",
    )  # fmt: skip


def _briefing(world: World, school: School, plan: HeldPlan, who: int, u: list[float]) -> Row:
    day = _day(world, plan, u[8] * 0.4)
    came = min(school.staff, round(school.staff * (0.72 + 0.3 * u[9])))
    return (
        plan.plan_id, school.id, plan.version_id, day, TOPICS[int(u[9] * len(TOPICS))], "Safety coordinator",
        20 + 5 * int(u[8] * 8), came, school.staff, who, _at(day), "",
    )  # fmt: skip


def _day(world: World, plan: HeldPlan, share: float) -> date:
    """Some days after the plan was adopted, and not after today."""
    return min(world.today, plan.adopted_on + timedelta(days=1 + int(share * 100)))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(16), UTC)
