"""Security purchases of the last three years: most judged before the award, some on the same day, some never."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import numpy as np

from shelterbelt.assessments.rules.clause_library import clauses_for
from shelterbelt.assessments.rules.product_templates import Given, score_of, template_on
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo import entrance
from shelterbelt.demo.world import District, Row, Rows, World, holder, uuids

PROCUREMENT = (
    "id", "org_id", "title", "category", "need", "status", "estimated_cost", "funding", "funding_note", "method",
    "method_version", "method_recognized", "method_chosen_on", "method_chosen_by_id", "chosen_id", "vendor", "amount",
    "evaluated_on", "evaluation_recorded_on", "awarded_on", "declined_on", "decided_because", "decided_by_id",
    "decision_recorded_on", "bought_on", "acceptance", "considered_on", "considered_by_id",
)  # fmt: skip
EVALUATION = (
    "id", "procurement_id", "org_id", "product", "vendor", "template", "template_version", "price", "score",
    "evaluators", "summary", "evaluated_on", "recorded_on", "recorded_by_id", "begun_on", "dropped_on",
)  # fmt: skip
SCORE = ("evaluation_id", "org_id", "criterion", "score", "evidence")
CLAUSE = (
    "id", "procurement_id", "org_id", "key", "library_version", "kind", "name", "original", "text", "is_dropped",
)  # fmt: skip
SHARED = (
    "id", "org_id", "evaluation_id", "product", "vendor", "template", "template_version", "method", "method_version",
    "evaluated_on", "score", "scores", "summary", "price", "was_bought", "shared_on", "shared_by_id", "withdrawn_on",
)  # fmt: skip


class Story(NamedTuple):
    """Something that districts buy."""

    title: str
    category: str
    need: str
    product: str
    vendor: str
    cost: int
    funding: str


STORIES = (
    Story("Cameras at the bus loop", "cameras", "Nobody in the office sees the bus loop, and it is dark in winter.",
          "Field View 4", "Prairie Optics", 18400, "local"),
    Story("Locks for classrooms of the east wing", "locks", "Nine classrooms can't be locked from inside.",
          "Keyed-inside set L2", "Ozark Hardware", 27900, "state_grant"),
    Story("Alert badges for staff", "alert_systems", "The gym and the playground hear no announcement.",
          "Signal Badge", "Two Rivers Systems", 61200, "federal_svpp"),
    Story("Visitor sign-in at the main entrance", "visitor_management", "Visitors sign a paper list nobody reads.",
          "Front Desk Register", "Gateway Forms", 7600, "local"),
    Story("Film for the entrance doors", "glazing", "The glass beside the entrance lock breaks with one blow.",
          "Layered film 8", "Meramec Glass", 14300, "insurance"),
    Story("Reunification training for office staff", "services_and_training",
          "Office staff have never practiced handing students to families.", "Two-day course", "Bluff Consulting",
          5200, "federal_stop"),
    Story("Radios for portable classrooms", "other", "Portable classrooms can't reach the office.",
          "Handheld set of 12", "Show-Me Radio", 3900, "gift"),
)  # fmt: skip
EVIDENCE = (
    "Tried at one entrance for two weeks.", "Page 4 of the offer; the vendor's reference confirmed it.",
    "The fire marshal agreed in writing.", "Two schools of our size told us so on the phone.",
    "Measured with the safety team on a walk at dusk.",
)  # fmt: skip
SHARE = 0.16
"""Of districts that buy something in a year."""
DRAWS = 20
SINCE = (150, 112, 44, 17, 2)
"""How long ago the district that one can enter thought of each of its purchases: some are in use, some undecided."""


@dataclass
class _Book:
    """The rows gathered for each table."""

    procurements: list[Row] = field(default_factory=list)
    evaluations: list[Row] = field(default_factory=list)
    scores: list[Row] = field(default_factory=list)
    clauses: list[Row] = field(default_factory=list)
    shared: list[Row] = field(default_factory=list)


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Purchases with their offers, scores, clauses and what is shared of them."""
    book = _Book()
    for year in world.years[-3:]:
        places = [each for each in world.districts if each.is_open(year)]
        for place in np.flatnonzero(rng.random(len(places)) < SHARE).tolist():
            _one(world, book, rng, places[place], STORIES[int(rng.integers(len(STORIES)))], year)
    if world.is_first:
        district, _school = entrance.chosen(world)
        for days, story in zip(SINCE, STORIES, strict=False):
            _one(world, book, rng, district, story, world.this_year, since=world.today - timedelta(days=days))
    yield Rows("assessments_procurement", PROCUREMENT, book.procurements)
    yield Rows("assessments_productevaluation", EVALUATION, book.evaluations)
    yield Rows("assessments_productscore", SCORE, book.scores)
    yield Rows("assessments_procurementclause", CLAUSE, book.clauses)
    yield Rows("assessments_sharedevaluation", SHARED, book.shared)


def _one(
    world: World, book: _Book, rng: np.random.Generator, district: District, story: Story, year: SchoolYear,
    since: date | None = None,
) -> None:  # fmt: skip
    """One purchase as far as its days have passed; `since`: on which day it was thought of."""
    u = rng.random(DRAWS).tolist()
    begun = since or year.starts_on + timedelta(days=int(u[0] * 300))
    if begun > world.today:
        return
    chosen_on, judged_on, awarded_on = (begun + timedelta(days=days) for days in _pace(u, careful=since is not None))
    who = holder(district.coordinator, begun) or holder(district.superintendent, begun)
    key, offer, clause, copy = uuids(rng, 4)
    is_judged = chosen_on <= judged_on <= world.today
    score = _judged(book, district, story, key, offer, judged_on, begun, who, u) if is_judged else None
    is_awarded = awarded_on <= world.today
    bought_on = awarded_on + timedelta(days=40)
    status = _status(world.today, chosen_on, awarded_on, bought_on, is_judged=is_judged)
    method = chosen_on <= world.today
    is_bought = status == "bought"
    price = Decimal(int(story.cost * (0.9 + 0.2 * u[5])))
    book.procurements.append((
        key, district.id, story.title, story.category, story.need, status, Decimal(story.cost), story.funding, "",
        "template" if method else "", 1 if method else None, method, chosen_on if method else None,
        who if method else None, offer if is_awarded and is_judged else None, story.vendor if is_awarded else "",
        price if is_awarded else None, judged_on if is_awarded and is_judged else None,
        judged_on if is_awarded and is_judged else None, awarded_on if is_awarded else None, None,
        "Best for what we need." if is_awarded else "", who if is_awarded else None,
        awarded_on if is_awarded else None, bought_on if is_bought else None,
        "Every place on the plan was tried." if is_bought else "", begun, who,
    ))  # fmt: skip
    if is_judged and u[6] < 0.6:
        _clause(book, district, story, key, clause, begun)
    if is_judged and u[7] < 0.5:
        book.shared.append((
            copy, district.id, offer, story.product, story.vendor, story.category,
            template_on(story.category, judged_on).version, "template", 1, judged_on,
            score, json.dumps(_copied(book, offer)), "Does what it says; plan the wiring early.",
            price if u[8] < 0.5 else None, is_awarded, judged_on, who, None,
        ))  # fmt: skip


def _pace(u: list[float], *, careful: bool) -> tuple[int, int, int]:
    """Days from the thought to the method, the judgment and the award; some award on the day they judge, or before."""
    method, judging, award = 5 + int(u[1] * 10), 20 + int(u[2] * 20), 45 + int(u[3] * 40)
    if careful or u[4] < 0.8:
        return method, judging, award
    return method, award if u[4] < 0.88 else award + 12, award


def _status(today: date, chosen_on: date, awarded_on: date, bought_on: date, *, is_judged: bool) -> str:
    if bought_on <= today:
        return "bought"
    if awarded_on <= today:
        return "awarded"
    if is_judged:
        return "evaluated"
    return "method_chosen" if chosen_on <= today else "considered"


def _judged(
    book: _Book, district: District, story: Story, key: UUID, offer: UUID, judged_on: date, begun: date,
    who: int | None, u: list[float],
) -> Decimal | None:  # fmt: skip
    """The offer, scored by the template of its kind."""
    template = template_on(story.category, judged_on)
    given = {
        each.key: Given(2 + int(u[place + 9] * 3), EVIDENCE[int(u[place + 9] * len(EVIDENCE))])
        for place, each in enumerate(template.criteria)
    }
    score = score_of(template, given)
    book.evaluations.append((
        offer, key, district.id, story.product, story.vendor, story.category, template.version, Decimal(story.cost),
        score, "Safety coordinator, technology office", "Does what it says; plan the wiring early.", judged_on,
        judged_on, who, begun, None,
    ))  # fmt: skip
    book.scores.extend((offer, district.id, name, said.score, said.evidence) for name, said in given.items())
    return score


def _copied(book: _Book, offer: UUID) -> dict[str, dict[str, object]]:
    """What others read: the last scores written, for they are this offer's."""
    return {str(row[2]): {"score": row[3], "evidence": row[4]} for row in book.scores[-8:] if row[0] == offer}


def _clause(book: _Book, district: District, story: Story, key: UUID, clause: UUID, on: date) -> None:
    first = clauses_for(story.category, on)[0]
    words = first.whole_text.replace("[", "").replace("]", "")
    book.clauses.append(
        (clause, key, district.id, first.key, 1, first.kind, first.name, first.whole_text, words, False)
    )
