"""Plans of a good share of schools and districts: adopted in most years, lapsed in some, never begun in others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo.entrance import chosen
from shelterbelt.demo.world import District, HeldPlan, Row, Rows, School, Term, World, chance, holder, moment
from shelterbelt.plans.demonstration import texts
from shelterbelt.plans.demonstration.written import Written

PLAN = (
    "id", "org_id", "protocol", "begun_at", "begun_by_id", "attested_on", "attested_by_id", "rolled_for", "training",
)  # fmt: skip
VERSION = (
    "id", "plan_id", "org_id", "number", "state", "begun_on", "content", "sha256", "frozen_at", "frozen_by_id",
    "adopted_on", "meeting", "adopted_by_id", "from_on", "until_on", "what_changed",
)  # fmt: skip
LAST_YEARS = 3
"""Plans are older than the years that tell something about them."""
TRAINING = "<p>An hour in August, ten minutes at each faculty meeting, and a card in every room.</p>"


@dataclass
class _Book:
    """The rows gathered as organisations are gone through."""

    plans: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """A school or district as far as its plan cares."""

    org: int
    strength: float
    writers: list[Term]
    opened_on: date
    keys: tuple[str, ...]


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Plans and versions everywhere; at the places whose people one can be, what is being written as well."""
    book, shown = _Book(), _shown(world)
    for place in _places(world, shown):
        if place.org in shown or rng.random() < chance(place.strength + 0.9):
            _begin(world, rng, book, place, is_shown=place.org in shown)
    yield Rows("plans_plan", PLAN, book.plans)
    yield Rows("plans_version", VERSION, book.versions)
    if shown:
        yield from Written(world, chosen(world)[0]).tables()


def _shown(world: World) -> set[int]:
    """The district whose people one can be, and its schools."""
    if not world.is_first:
        return set()
    district, _school = chosen(world)
    return {district.id, *(school.id for school in district.schools if school.closed_on is None)}


def _places(world: World, shown: set[int]) -> Iterator[_Place]:
    for district in world.districts:
        if district.closed_on is None:
            yield _place(district, district.coordinator or district.superintendent, shown)
    for school in world.schools:
        if school.closed_on is None:
            yield _place(school, school.coordinator or school.principal, shown)


def _place(org: District | School, writers: list[Term], shown: set[int]) -> _Place:
    keys = tuple(texts.WORDS) if org.id in shown else texts.OF_SMALL_PLANS
    return _Place(org.id, org.strength, writers, org.opened_on, keys)


def _begin(world: World, rng: np.random.Generator, book: _Book, place: _Place, *, is_shown: bool) -> None:
    luck = rng.random(2 + 4 * LAST_YEARS).tolist()
    years = [year for year in world.years[-LAST_YEARS:] if year.starts_on >= place.opened_on]
    adopted = list(_adoptions(world, place, years, luck, is_shown=is_shown))
    begun = (adopted[0] if adopted else world.today) - timedelta(days=40 + int(luck[0] * 200))
    plan, writer = world.next_id("plans_plan"), holder(place.writers, world.today)
    this_year = bool(adopted) and adopted[-1] >= world.this_year.starts_on
    attested = adopted[-1] if this_year else None
    book.plans.append(
        (plan, place.org, "five_actions", moment(begun, luck[1]), writer, attested, writer if attested else None,
         world.this_year.starts, TRAINING if is_shown else "")
    )  # fmt: skip
    for number, day in enumerate(adopted, start=1):
        until = adopted[number] if number < len(adopted) else None
        book.versions.append(_version(world, plan, place, number, day, until, luck))
    book.versions.append(
        (world.next_id("plans_version"), plan, place.org, len(adopted) + 1, "draft", adopted[-1] if adopted else begun,
         None, "", None, None, None, "", None, None, None, "")
    )  # fmt: skip


def _adoptions(
    world: World, place: _Place, years: list[SchoolYear], luck: list[float], *, is_shown: bool
) -> Iterator[date]:
    """The days on which boards adopted a version: most in late summer, some never."""
    for number, year in enumerate(years):
        will = float(chance(place.strength + world.progress(year) - 0.9))
        day = year.starts_on + timedelta(days=20 + int(luck[2 + 4 * number] * 90))
        if (is_shown or luck[3 + 4 * number] < will) and day <= world.today:
            yield day


def _version(
    world: World, plan: int, place: _Place, number: int, day: date, until: date | None, luck: list[float]
) -> Row:
    key, writer = world.next_id("plans_version"), holder(place.writers, day)
    content, seal = texts.content(place.keys, number % 2)
    if until is None:
        world.plans[place.org] = HeldPlan(plan, key, number, day)
    meeting = texts.MEETINGS[int(luck[-1] * len(texts.MEETINGS))]
    state = "in_force" if until is None else "superseded"
    frozen = moment(day - timedelta(days=12), luck[-2])
    return (
        key, plan, place.org, number, state, day - timedelta(days=90), content, seal, frozen, writer, day, meeting,
        writer, day, until, "Numbers and routes brought up to date." if number > 1 else "",
    )  # fmt: skip
