"""Site assessments of the last two years: many by outside methods, and at the school that one can be, walked here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import numpy as np

from shelterbelt.assessments.queries.templates import shipped
from shelterbelt.assessments.rules import scoring
from shelterbelt.assessments.rules.template import Question, Template
from shelterbelt.demo import entrance
from shelterbelt.demo.world import Row, Rows, School, World, holder, uuids

TEAM = ("id", "org_id", "name", "formed_on", "ended_on")
MEMBER = ("id", "team_id", "org_id", "name", "role", "person_id", "from_on", "until_on")
ASSESSMENT = (
    "id", "org_id", "method", "method_name", "template", "template_version", "is_recognised", "team_id", "status",
    "planned_on", "assessed_on", "every_facility", "facilities", "roles", "score", "summary", "report_id",
    "planned_by_id", "submitted_on", "submitted_by_id", "accepted_on", "accepted_by_id", "closed_on",
    "cancelled_because",
)  # fmt: skip
PARTICIPATION = ("assessment_id", "org_id", "member_id")
ANSWER = (
    "id", "assessment_id", "org_id", "question", "level", "is_answered", "note", "written_at", "received_at", "by_id",
)  # fmt: skip
SHARE = 0.3
"""Of schools that keep their assessments here."""
ROLES = ("safety", "facilities", "law_enforcement", "teaching", "health")
PEOPLE = ("Dana Whitlock", "Luis Ortega", "Grace Oduya", "Ted Novak", "Priya Nair", "Hank Sutter", "Mae Collins",
          "Owen Brandt", "Ruth Eberly", "Sol Park")  # fmt: skip
METHODS = (("cisa_ssat", True), ("site_assess", True), ("pass_guidelines", True), ("own", False))
NOTES = {
    "exterior-prop": "The kitchen door stood open with a milk crate in it, twice this week.",
    "classroom-lock-inside": "Nine rooms of the east wing lock from outside only.",
    "perimeter-light": "Two lamps at the bus loop are out.",
    "comm-radio": "No reception in the boiler room and behind the stage.",
    "medical-aed": "Four minutes to the softball field, measured.",
    "exterior-numbers": "Doors 4 and 11 have lost their numbers.",
}
DRAWS = 8


@dataclass
class _Book:
    """The rows gathered for each table."""

    teams: list[Row] = field(default_factory=list)
    members: list[Row] = field(default_factory=list)
    assessments: list[Row] = field(default_factory=list)
    participations: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Teams with their people, assessments, and the answers of those that were walked here."""
    if world.parts > 1:
        return
    book = _Book()
    _district, school = entrance.chosen(world)
    kept = rng.random(len(world.schools)) < SHARE
    draws = rng.random((len(world.schools), DRAWS)).tolist()
    for place, keeps, u in zip(world.schools, kept.tolist(), draws, strict=True):
        if keeps and place is not school:
            _elsewhere(world, book, rng, place, u)
    if school is not None:
        _here(world, book, rng, school)
    yield Rows("assessments_team", TEAM, book.teams)
    yield Rows("assessments_teammember", MEMBER, book.members)
    yield Rows("assessments_assessment", ASSESSMENT, book.assessments)
    yield Rows("assessments_participation", PARTICIPATION, book.participations)
    yield Rows("assessments_answer", ANSWER, book.answers)


def _elsewhere(world: World, book: _Book, rng: np.random.Generator, school: School, u: list[float]) -> None:
    """A school that records what it did by a method of its own choice."""
    years = [year for year in world.years[-2:] if school.is_open(year)]
    if not years:
        return
    team, members = _team(world, book, school, years[0].starts_on, many=2 if u[0] < 0.12 else 3 + int(u[1] * 3))
    for number, year in enumerate(years):
        day = year.starts_on + timedelta(days=25 + int(u[2 + number] * 250))
        if day >= world.today - timedelta(days=3) or u[4 + number] < 0.1:
            continue
        method, recognised = METHODS[min(3, int(u[6] * 3.4))]
        by = holder(school.principal, day)
        (key,) = uuids(rng, 1)
        book.assessments.append(
            (key, school.id, method, "", "", "", recognised, team, "accepted", day, day, u[7] < 0.8, "",
             len(members), None, "", None, by, day + timedelta(days=2), by, day + timedelta(days=3), by, None, "")
        )  # fmt: skip
        book.participations += [(key, school.id, member) for member in members]


def _here(world: World, book: _Book, rng: np.random.Generator, school: School) -> None:
    """The school whose people one can be: last year's assessment is accepted, this year's is half walked."""
    template = shipped()["school-site", "2026.1"]
    year = world.this_year
    team, members = _team(world, book, school, (year - 1).starts_on, many=5)
    last = (year - 1).starts_on + timedelta(days=80)
    first, second = uuids(rng, 2)
    levels = _levels(template, rng)
    score = round(scoring.overall(template, levels).percent or 0, 1)
    by = holder(school.principal, last) or holder(school.coordinator, last)
    followed = ("template", "", template.key, template.version, True, team)
    book.assessments.append(
        (first, school.id, *followed, "accepted", last, last, True, "Main building, gym, two portable classrooms",
         len(members), score, "Doors of the east wing first, then light at the bus loop.", None, by,
         last + timedelta(days=1), by, last + timedelta(days=4), by, None, "")
    )  # fmt: skip
    book.participations += [(first, school.id, member) for member in members]
    _answer(book, rng, school, first, levels, last, by)
    now = max(year.starts_on, world.today - timedelta(days=2))
    book.assessments.append(
        (second, school.id, *followed, "in_field", now, None, None, "", 0, None, "", None, by, None, None, None, None,
         None, "")
    )  # fmt: skip
    walked = {key: level for domain in template.domains[:4] for key, level in _better(domain.questions, levels)}
    _answer(book, rng, school, second, walked, now, by)


def _better(questions: tuple[Question, ...], levels: dict[str, int | None]) -> Iterator[tuple[str, int | None]]:
    """A little of what was found has been mended."""
    for place, question in enumerate(questions):
        level = levels[question.key]
        yield question.key, level if level is None or place % 4 else min(3, level + 1)


def _levels(template: Template, rng: np.random.Generator) -> dict[str, int | None]:
    drawn = rng.choice([0, 1, 2, 3, -1], size=len(template.questions), p=[0.06, 0.16, 0.38, 0.36, 0.04]).tolist()
    levels = {key: None if level < 0 else level for key, level in zip(template.questions, drawn, strict=True)}
    return {**levels, **dict.fromkeys(NOTES, 1)}


def _answer(
    book: _Book, rng: np.random.Generator, school: School, assessment: UUID, levels: dict[str, int | None], day: date,
    by: int | None,
) -> None:  # fmt: skip
    begun = datetime.combine(day, time(14), UTC)
    for place, (key, (question, level)) in enumerate(zip(uuids(rng, len(levels)), levels.items(), strict=True)):
        at = begun + timedelta(seconds=40 * place)
        book.answers.append((key, assessment, school.id, question, level, True, NOTES.get(question, ""), at, at, by))


def _team(world: World, book: _Book, school: School, since: date, *, many: int) -> tuple[int, list[int]]:
    team = world.next_id("assessments_team")
    book.teams.append((team, school.id, "Safety team", since, None))
    members = []
    for place in range(many):
        member = world.next_id("assessments_teammember")
        name = PEOPLE[(team * 3 + place) % len(PEOPLE)]
        book.members.append((member, team, school.id, name, ROLES[place], None, since, None))
        members.append(member)
    return team, members
