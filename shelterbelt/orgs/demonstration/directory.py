"""Invented districts and schools in real counties, with what befell them over the years."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

import numpy as np

from shelterbelt.demo.names import SAINTS
from shelterbelt.demo.world import District, Row, Rows, School, World
from shelterbelt.orgs.demonstration import shapes
from shelterbelt.orgs.demonstration.codes import Codes
from shelterbelt.orgs.demonstration.places import Places
from shelterbelt.orgs.demonstration.shapes import Plan
from shelterbelt.orgs.demonstration.tables import (
    ENROLMENT,
    FORMER_NAME,
    FORMER_OPENING,
    IDENTIFIER,
    MEMBERSHIP,
    ORG,
    org_row,
)
from shelterbelt.orgs.models import BEGINNING

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
OPERATORS = (
    "Diocese of the Prairie Schools", "Diocese of the Rivers Schools", "Diocese of the Ridge Schools",
    "Diocese of the Springs Schools", "Lutheran Schools of the Two Rivers", "Cornerstone Association of Schools",
    "Friends of Learning Association", "Open Meadow Montessori Association",
)  # fmt: skip


@dataclass
class _Pages:
    """The rows gathered so far, by table."""

    orgs: list[Row] = field(default_factory=list)
    memberships: list[Row] = field(default_factory=list)
    identifiers: list[Row] = field(default_factory=list)
    former_names: list[Row] = field(default_factory=list)
    former_openings: list[Row] = field(default_factory=list)
    enrolments: list[Row] = field(default_factory=list)

    def tables(self) -> Iterator[Rows]:
        yield Rows("orgs_org", ORG, self.orgs)
        yield Rows("orgs_membership", MEMBERSHIP, self.memberships)
        yield Rows("orgs_identifier", IDENTIFIER, self.identifiers)
        yield Rows("orgs_formername", FORMER_NAME, self.former_names)
        yield Rows("orgs_formeropening", FORMER_OPENING, self.former_openings)
        yield Rows("orgs_enrolment", ENROLMENT, self.enrolments)


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Districts and schools of every sector, their codes, memberships and students."""
    pages = _Pages()
    places = Places(world, rng)
    _public(world, rng, places)
    _charters(world, rng, places)
    _non_public(world, rng, places)
    annexed = _annexations(world, rng)
    codes = Codes(world.part)
    for district in world.districts:
        _write_district(world, pages, places, codes, district)
    for school in world.schools:
        _write_school(world, rng, pages, places, codes, school, annexed)
    yield from pages.tables()


def _public(world: World, rng: np.random.Generator, places: Places) -> None:
    """Public districts: every county has some, the large ones stand where people live."""
    weights = np.sqrt(places.weights) * rng.gamma(9, 1 / 9, len(places.weights))
    counts = shapes.apportion(world.scaled(515, least=3), weights)
    homes = [county for county, many in zip(world.ground.counties, counts, strict=True) for _ in range(many)]
    crowd = {county.id: weight for county, weight in zip(world.ground.counties, places.weights, strict=True)}
    order = np.argsort([-np.log(crowd[home.id]) - rng.normal(0, 0.75) for home in homes], kind="stable")
    for index, schools in zip(order, shapes.school_counts(len(homes), rng), strict=True):
        place = world.names.place()
        district = places.district(f"{place} {_ending(rng)}", place, homes[index], "public")
        for number, plan in enumerate(shapes.plans(schools)):
            places.school(_school_names(world, rng, district, plan, number), plan, district, district.county, "public")


def _ending(rng: np.random.Generator) -> str:
    """How district names end in Missouri, in their real proportions."""
    luck = rng.random()
    if luck < 0.80:
        return f"R-{ROMANS[min(int(rng.exponential(3.2)), len(ROMANS) - 1)]}"
    if luck < 0.88:
        return f"C-{int(rng.integers(1, 10))}"
    return str(int(rng.integers(10, 99))) if luck < 0.94 else "School District"


def _school_names(
    world: World, rng: np.random.Generator, district: District, plan: Plan, number: int
) -> tuple[str, ...]:
    """A small district's schools bear its place's name; a large one names them after people and neighborhoods."""
    of_place = f"{district.place} {plan.level}"
    taken = {school.name.rsplit(" ", 1)[-1] for school in district.schools}
    if number == 0 or (len(district.schools) < 3 and plan.level not in taken):
        return (of_place,)
    if rng.random() < 0.5:
        return (f"{world.names.person().full} {plan.level}",)
    return (f"{world.names.place()} {plan.level}",)


def _charters(world: World, rng: np.random.Generator, places: Places) -> None:
    """Charter LEAs, each with a few schools."""
    known = [county for county in world.ground.counties if county.fips in shapes.CHARTER_COUNTIES]
    homes = known or [world.ground.counties[int(np.argmax(places.weights))]]
    for number in range(world.scaled(38)):
        place = world.names.place()
        district = places.district(f"{place} Academies", place, homes[number % len(homes)], "charter")
        for plan in shapes.plans(3)[: 1 + int(rng.integers(0, 3))]:
            places.school((f"{place} Academy {plan.level}",), plan, district, district.county, "charter")


def _non_public(world: World, rng: np.random.Generator, places: Places) -> None:
    """Parochial and private schools; most independent ones answer to nobody but themselves."""
    homes = list(world.ground.counties)
    share = places.weights / places.weights.sum()
    city = homes[int(np.argmax(places.weights))]
    operators = [places.district(name, name, city, "non_public") for name in OPERATORS[: world.scaled(len(OPERATORS))]]
    for number in range(world.scaled(510)):
        county = homes[int(rng.choice(len(homes), p=share))]
        parochial, turn = number % 5 < 3, number // 5
        operator = operators[turn % 5 % len(operators)] if parochial else operators[-1 - turn % min(3, len(operators))]
        grades = ("PK", "08") if number % 4 else ("09", "12")
        plan = Plan("School", grades, usual_students=180, first_digit=9)
        belongs = parochial or number % 15 == 4
        sector = "parochial" if parochial else "private"
        places.school(_private_names(world, rng, number), plan, operator if belongs else None, county, sector)


def _private_names(world: World, rng: np.random.Generator, number: int) -> tuple[str, ...]:
    if number % 5 < 3:
        saint = SAINTS[int(rng.integers(len(SAINTS)))]
        return f"{saint} School", f"{saint} School of {world.names.surname()}"
    return (f"{world.names.surname()} {('Christian School', 'Montessori School', 'Day School')[number % 3]}",)


@dataclass(frozen=True)
class _Annexation:
    """A small district ends; its schools go on in a neighbor."""

    into: District
    on: date


def _annexations(world: World, rng: np.random.Generator) -> dict[int, _Annexation]:
    """A few districts that ended during the years, and where their schools went."""
    small = [d for d in world.districts if d.sector == "public" and len(d.schools) == 2]
    found: dict[int, _Annexation] = {}
    if len(world.years) < 2:
        return found
    for index in rng.permutation(len(small)):
        district = small[int(index)]
        into = next((d for d in world.districts if _can_take(d, district, found)), None)
        if into is not None:
            on = world.years[1 + len(found) % (len(world.years) - 1)].starts_on
            found[district.id] = _Annexation(into, on)
            district.closed_on = on
        if len(found) >= world.scaled(6):
            break
    return found


def _can_take(into: District, district: District, gone: dict[int, _Annexation]) -> bool:
    return (
        into is not district and into.county is district.county and into.sector == "public" and into.closed_on is None
        and into.id not in gone
    )  # fmt: skip


def _write_district(world: World, pages: _Pages, places: Places, codes: Codes, district: District) -> None:
    slug = district.place.lower().replace(" ", "-")
    pages.orgs.append(
        org_row(world, district.id, "district", district.name, sector=district.sector,
                point=places.points[district.id], city=district.place, website=f"https://{slug}.{world.domain}",
                closed_on=district.closed_on)
    )  # fmt: skip
    pages.memberships.append((district.id, district.county.id, "county", BEGINNING, None))
    if district.sector != "non_public":
        pages.identifiers.append((district.id, "state_district", codes.district(district), world.ground.state_id))
        pages.identifiers.append((district.id, "nces_district", codes.nces_district(district), None))


def _write_school(
    world: World,
    rng: np.random.Generator,
    pages: _Pages,
    places: Places,
    codes: Codes,
    school: School,
    annexed: dict[int, _Annexation],
) -> None:
    home = school.district
    city = home.place if home and home.sector != "non_public" else school.name.rsplit(" ", 2)[0]
    pages.orgs.append(
        org_row(world, school.id, "school", school.name, sector=school.sector, grades=school.grades,
                point=places.points[school.id], city=city, opened_on=school.opened_on, closed_on=school.closed_on)
    )  # fmt: skip
    if school.former:
        pages.former_openings.append((school.id, *school.former))
    pages.memberships.append((school.id, school.county.id, "county", BEGINNING, None))
    if home and home.sector != "non_public":
        building, nces = codes.building(school, home)
        pages.identifiers.append((school.id, "state_building", building, home.id))
        pages.identifiers.append((school.id, "nces_school", nces, None))
    else:
        pages.identifiers.append((school.id, "nces_private", codes.private(), None))
    pages.memberships.extend(_district_rows(world, rng, school, annexed))
    _write_past(world, rng, pages, school)


def _district_rows(
    world: World, rng: np.random.Generator, school: School, annexed: dict[int, _Annexation]
) -> Iterator[Row]:
    """Its districts over time; a school that moved stays where it was until the day."""
    home = school.district
    if home is None:
        return
    move = annexed.get(home.id)
    if move is None and home.sector == "public" and len(home.schools) > 3 and rng.random() < 0.006:
        neighbor = next((d for d in world.districts if _can_take(d, home, annexed)), None)
        move = _Annexation(neighbor, world.years[len(world.years) // 2].starts_on) if neighbor else None
    if move is None or school.began_on >= move.on:
        yield (school.id, move.into.id if move else home.id, "district", BEGINNING, None)
    else:
        yield (school.id, home.id, "district", BEGINNING, move.on)
        yield (school.id, move.into.id, "district", move.on, None)
    if move is not None:
        home.schools.remove(school)
        move.into.schools.append(school)
        school.district = move.into


def _write_past(world: World, rng: np.random.Generator, pages: _Pages, school: School) -> None:
    """A former name for some, and the students of every year in which it was open."""
    if rng.random() < 0.02:
        year = world.years[int(rng.integers(len(world.years)))]
        pages.former_names.append((school.id, f"{world.names.place()} {school.name.split()[-1]}", year.starts_on))
    known = shapes.enrolments(school.students, len(world.years), rng)
    luck = rng.random(len(known))
    for year, students, kept in zip_longest(world.years, known, luck):
        if kept > 0.01 and school.is_open(year):
            pages.enrolments.append((school.id, year.starts, students, "invented"))
