"""What schools, districts and the state report of themselves: by year, with gaps, corrections and reviews."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from shelterbelt.attestations.demonstration.answers import OF_DISTRICTS, OF_SCHOOLS, Answers, Draw, attended
from shelterbelt.attestations.demonstration.state_answers import of_state
from shelterbelt.attestations.demonstration.tables import ATTESTATION
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo.world import District, Row, Rows, School, World, chance, days_between, holder, uuids
from shelterbelt.strategy import current

NUMBERS = 64
"""Random numbers that the answers of one unit to one output use up at most."""
BLOCK = 4096
DOCUMENTED = 5
"""One in so many of those that could has a file beside it."""
OF_PEOPLE = "I-O3"
"""The output that counts people; each one's answer is kept where they serve."""


class _Chance:
    """Random numbers and ids, drawn in blocks because one by one is slow."""

    def __init__(self, rng: np.random.Generator, documents: dict[int, list[UUID]]) -> None:
        self.rng, self.documents = rng, documents
        self.ids = self._ids()
        self.rows = self._rows()

    def document(self, attestation: UUID, org: int, level: int) -> UUID | None:
        """The file that some attestations at level 2 are documented with."""
        kept = self.documents.get(org) if level == 2 and attestation.int % DOCUMENTED == 0 else None
        return kept[attestation.int % len(kept)] if kept else None

    def _ids(self) -> Iterator[UUID]:
        while True:
            yield from uuids(self.rng, BLOCK)

    def _rows(self) -> Iterator[list[float]]:
        while True:
            yield from self.rng.random((BLOCK // 8, NUMBERS)).tolist()


@dataclass(slots=True)
class _Reporter:
    """Who answers for a unit in a year, and who looks at it afterwards."""

    org_id: int
    writer: int | None
    reviewer: int | None
    keen: float
    """The share of outputs it reports at all."""


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Schools, then districts, then the state."""
    yield Rows("attestations_attestation", ATTESTATION, _all(world, rng))


def _all(world: World, rng: np.random.Generator) -> Iterator[Row]:
    luck = _Chance(rng, world.documents)
    for index, year in enumerate(world.years):
        asked = _asked(year, OF_SCHOOLS)
        for school in world.schools:
            if school.is_open(year):
                yield from _of_school(world, luck, index, year, school, asked)
        asked = _asked(year, OF_DISTRICTS)
        for district in world.districts:
            if district.is_open(year) and district.schools:
                yield from _of_district(world, luck, index, year, district, asked)
        if world.is_first:
            yield from _of_state(world, luck, index, year)


def _asked(year: SchoolYear, known: dict[str, Callable[[Draw], Answers]]) -> dict[str, Callable[[Draw], Answers]]:
    """The outputs of the plan that exist in a year and that we can answer."""
    return {output: answer for output, answer in known.items() if _exists(output, year)}


def _exists(output_id: str, year: SchoolYear) -> bool:
    """Whether the plan has this output for a year."""
    output = {output.id: output for output in current().outputs}.get(output_id)
    return (
        output is not None
        and SchoolYear.named(output.from_year) <= year
        and (output.until_year is None or year <= SchoolYear.named(output.until_year))
    )


def _keen(world: World, index: int, year: SchoolYear, strength: float, luck: float) -> float:
    """The share it reports: little in the first years, most now; and in a year that runs, what is done by today."""
    usual = float(chance(0.05 + 0.45 * strength + 0.3 * index + (luck - 0.5)))
    return usual * (0.15 + 0.75 * _passed(world, year))


def _passed(world: World, year: SchoolYear) -> float:
    """How much of the year has passed."""
    return min(1.0, max(0.02, ((world.today - year.starts_on).days + 1) / year.days))


def _of_school(
    world: World,
    luck: _Chance,
    index: int,
    year: SchoolYear,
    school: School,
    asked: dict[str, Callable[[Draw], Answers]],
) -> Iterator[Row]:
    mid = min(world.today, date(year.starts + 1, 1, 15))
    level, first = school.strength + world.progress(year), next(luck.rows)
    reporter = _Reporter(
        school.id,
        holder(school.principal, mid) or holder(school.coordinator, mid),
        holder(school.district.coordinator, mid) if school.district else None,
        _keen(world, index, year, school.strength, first[0]),
    )
    officers = school.officers(mid)
    draw = Draw(
        year, level, mid, first, has_plan=bool(first[1] < chance(level + 1.4)),
        serving=officers + (holder(school.coordinator, mid) is not None),
    )  # fmt: skip
    yield from _reports(world, luck, year, reporter, draw, asked)
    terms = (*school.coordinator, *school.resource_officers, *school.protection_officers)
    yield from _of_people(world, luck, year, reporter, draw, [term.person_id for term in terms if term.holds(mid)])


def _of_district(
    world: World,
    luck: _Chance,
    index: int,
    year: SchoolYear,
    district: District,
    asked: dict[str, Callable[[Draw], Answers]],
) -> Iterator[Row]:
    mid = min(world.today, date(year.starts + 1, 1, 15))
    level, first = district.strength + world.progress(year), next(luck.rows)
    reporter = _Reporter(
        district.id,
        holder(district.coordinator, mid) or holder(district.superintendent, mid),
        world.state_people[index % len(world.state_people)].person_id,
        min(1.0, 0.15 * _passed(world, year) + _keen(world, index, year, district.strength, first[0])),
    )
    schools = [school for school in district.schools if school.is_open(year)]
    officers = [school.officers(mid) for school in schools]
    resourced = sum(holder(school.resource_officers, mid) is not None for school in schools)
    draw = Draw(
        year,
        level,
        mid,
        first,
        has_plan=bool(first[1] < chance(level - 0.1)),
        linked=bool(first[2] < chance(level + 0.4)),
        trained=bool(first[3] < chance(level + 0.2)),
        conference=bool(first[4] < chance(level - 0.2)),
        campuses=len(schools),
        campuses_with_officer=sum(many > 0 for many in officers),
        with_resource_officer=resourced,
    )
    # All four channels rest on two other outputs, and an evaluated plan on a linked one: reported together or not.
    together = {"J-O4": ("F-O2", "F-O3"), "J-O5": ("J-O2",)}
    yield from _reports(world, luck, year, reporter, draw, asked, together)
    coordinators = [term.person_id for term in district.coordinator if term.holds(mid)]
    yield from _of_people(world, luck, year, reporter, draw, coordinators)


def _of_people(
    world: World, luck: _Chance, year: SchoolYear, reporter: _Reporter, draw: Draw, people: list[int]
) -> Iterator[Row]:
    """Whether each of those who serve it had training on privacy law."""
    for person in people if _exists(OF_PEOPLE, year) else ():
        numbers = next(luck.rows)
        if numbers[0] < reporter.keen:
            draw.numbers, draw.on = numbers, _day(world, year, numbers[1])
            review = _review(world, reporter, draw.on, numbers[2:10])
            yield _row(luck, reporter, OF_PEOPLE, year, attended(draw), 1, draw.on, None, review, about=person)


def _reports(
    world: World,
    luck: _Chance,
    year: SchoolYear,
    reporter: _Reporter,
    draw: Draw,
    asked: dict[str, Callable[[Draw], Answers]],
    together: dict[str, tuple[str, ...]] | None = None,
) -> Iterator[Row]:
    said: set[str] = set()
    for output, answer in asked.items():
        numbers = next(luck.rows)
        needs = (together or {}).get(output, ())
        if numbers[0] >= reporter.keen or not said.issuperset(needs):
            continue
        said.add(output)
        draw.numbers = numbers
        draw.on = _day(world, year, numbers[1])
        yield from _statements(world, luck, year, reporter, output, draw, answer)


def _day(world: World, year: SchoolYear, luck: float) -> date:
    """The day of the report: from the start of school to the end of the year, or until today."""
    first = min(date(year.starts, 8, 22), world.today)
    return days_between(first, min(date(year.starts + 1, 6, 20), world.today), luck)


def _statements(
    world: World,
    luck: _Chance,
    year: SchoolYear,
    reporter: _Reporter,
    output: str,
    draw: Draw,
    answer: Callable[[Draw], Answers],
) -> Iterator[Row]:
    """The report; for some an earlier one that it replaced."""
    how = draw.numbers[2:10]
    made_on = draw.on
    if how[0] < 0.025 and (earlier := made_on - timedelta(days=3 + int(how[1] * 40))) >= year.starts_on:
        yield _row(luck, reporter, output, year, answer(_again(draw, earlier)), 1, earlier, made_on, (None, None, None))
    level = 2 if how[2] < 0.34 else 1
    taken_back = made_on + timedelta(days=9) if how[0] > 0.997 else None
    gone = taken_back if taken_back and taken_back <= world.today else None
    yield _row(luck, reporter, output, year, answer(draw), level, made_on, gone, _review(world, reporter, made_on, how))


def _again(draw: Draw, on: date) -> Draw:
    """The same unit with other luck, for the answer that was mended later."""
    return replace(draw, on=on, level=draw.level - 0.6, numbers=draw.numbers[::-1])


def _review(
    world: World, reporter: _Reporter, made_on: date, how: list[float]
) -> tuple[int | None, int | None, date | None]:
    """Confirmed by the district or the state; a few were disputed and count for nothing since."""
    on = made_on + timedelta(days=6 + int(how[3] * 60))
    if reporter.reviewer is None or how[4] > 0.3 or on > world.today:
        return None, None, None
    level = 0 if how[4] < 0.006 else 4 if how[4] < 0.04 else 3
    reviewer = world.state_people[0].person_id if level == 4 else reporter.reviewer
    return level, reviewer, on


def _row(
    luck: _Chance,
    reporter: _Reporter,
    output: str,
    year: SchoolYear,
    answers: Answers,
    level: int,
    made_on: date,
    replaced_on: date | None,
    review: tuple[int | None, int | None, date | None],
    *,
    about: int | None = None,
) -> Row:
    row_id = next(luck.ids)
    return (
        row_id, reporter.org_id, output, _version(output), year.starts, about, json.dumps(answers), "", level,
        reporter.writer, made_on, replaced_on, *review, luck.document(row_id, reporter.org_id, level),
    )  # fmt: skip


def _version(output: str) -> int:
    return current().output(output).version


def _of_state(world: World, luck: _Chance, index: int, year: SchoolYear) -> Iterator[Row]:
    person = world.state_people[0].person_id
    reporter = _Reporter(world.ground.state_id, person, None, 1.0)
    made_on = min(world.today, date(year.starts + 1, 6, 30))
    for output, answers in of_state(index, _passed(world, year), world.size * world.parts, luck.rng).items():
        if _exists(output, year):
            yield _row(luck, reporter, output, year, answers, 4, made_on, None, (None, None, None))
