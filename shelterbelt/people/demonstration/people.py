"""People and their appointments: who held which office where, with changes, vacancies and doubles over the years."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from shelterbelt.demo.world import District, Row, Rows, School, Term, World
from shelterbelt.people.demonstration.tables import APPOINTMENT, PERSON

NO_PASSWORD = "!invented"  # noqa: S105 - Django's mark for an account that no password opens
SPANISH = 0.04


class _Register:
    """Writes people and appointments as they are made."""

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.people: list[Row] = []
        self.appointments: list[Row] = []

    def person(self, domain: str) -> int:
        """Somebody new."""
        number, name = self.world.next_id("people_person"), self.world.names.person()
        luck = self.rng.random()
        phone = f"555-{int(luck * 900) + 100}-{number % 10000:04d}" if luck > 0.2 else ""
        self.people.append(
            (number, NO_PASSWORD, None, name.full, f"{name.mailbox}@{domain}.{self.world.domain}", phone,
             "es" if luck > 1 - SPANISH else "en", True)
        )  # fmt: skip
        return number

    def appoint(self, person: int, office: str, org: int, from_on: date, until_on: date | None) -> Term:
        """Give somebody an office."""
        number = self.world.next_id("people_appointment")
        self.appointments.append((number, person, org, office, from_on, until_on))
        return Term(person, from_on, until_on, number)

    def line(self, office: str, org: int, domain: str, *, stays: float, since: date, until: date | None) -> list[Term]:
        """One after another in an office, each for some years, now and then with a gap; the last one still there."""
        terms: list[Term] = []
        start = since
        end = until or date.max
        while start < min(end, self.world.today):
            days = int(365 * (1 + self.rng.exponential(stays)))
            leaves = start + timedelta(days=days) if (date.max - start).days > days else date.max
            last = leaves >= min(end, self.world.today)
            until_on = until if last else leaves
            terms.append(self.appoint(self.person(domain), office, org, start, until_on))
            if last:
                break
            start = leaves + timedelta(days=int(self.rng.choice([0, 0, 0, 30, 120])))
        return terms


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """State, regions, districts, schools and agencies, in that order."""
    register = _Register(world, rng)
    since = world.years[0].starts_on
    _state(world, register)
    for district in world.districts:
        _district(register, district, since)
    for school in world.schools:
        _school(register, school, since)
    for agency in world.agencies:
        domain = f"agency-{agency.id}"
        lead = register.line("agency_lead", agency.id, domain, stays=6, since=since, until=None)
        world.leads[agency.id] = lead
        for _ in range(int(rng.integers(1, 3))):
            register.line("responder", agency.id, domain, stays=5, since=since, until=None)
    yield Rows("people_person", PERSON, register.people)
    yield Rows("people_appointment", APPOINTMENT, register.appointments)


def _state(world: World, register: _Register) -> None:
    state, since = world.ground.state_id, date(2019, 8, 1)
    for number in range(2):
        person = register.person("state")
        world.state_people.append(register.appoint(person, "state_office", state, since, None))
        if number == 0:
            register.appoint(register.person("state"), "state_office", state, date(2018, 1, 8), date(2022, 3, 1))
    for _ in range(3):
        world.desk.append(register.appoint(register.person("state"), "tip_analyst", state, since, None))
    world.desk.append(register.appoint(register.person("state"), "tip_supervisor", state, since, None))
    for region in world.centers:
        register.line("region_coordinator", region, "regions", stays=5, since=since, until=None)


def _district(register: _Register, district: District, since: date) -> None:
    domain, until = _domain(district.place), district.closed_on
    rng = register.rng
    district.superintendent = register.line("superintendent", district.id, domain, stays=4, since=since, until=until)
    luck = float(rng.normal(0, 0.7)) + district.strength
    if luck > -1.9:
        begins = since + timedelta(days=int(max(0.0, 500 - 500 * luck)))
        if begins < (until or register.world.today):
            district.coordinator = _same_or_other(register, "district_coordinator", district, domain, begins)
    if luck + float(rng.normal(0, 0.8)) > -0.5:
        begins = since + timedelta(days=int(rng.integers(0, 365 * len(register.world.years))))
        if begins < min(until or date.max, register.world.today):
            district.cyber = register.line(
                "cybersecurity_coordinator", district.id, domain, stays=5, since=begins, until=until
            )


def _same_or_other(register: _Register, office: str, district: District, domain: str, since: date) -> list[Term]:
    """In small districts the superintendent is often the safety coordinator as well."""
    if len(district.schools) > 2 or register.rng.random() < 0.5:
        return register.line(office, district.id, domain, stays=4, since=since, until=district.closed_on)
    return [
        register.appoint(term.person_id, office, district.id, max(term.from_on, since), term.until_on)
        for term in district.superintendent
        if term.until_on is None or term.until_on > since
    ]


def _school(register: _Register, school: School, since: date) -> None:
    rng, world = register.rng, register.world
    domain = _domain(school.district.place if school.district else school.name)
    begins, until = max(since, school.began_on), school.closed_on
    if begins >= (until or world.today):
        return
    school.principal = register.line("principal", school.id, domain, stays=3.5, since=begins, until=until)
    if rng.random() < 0.85:
        school.coordinator = register.line("school_coordinator", school.id, domain, stays=3, since=begins, until=until)
    for _ in range(int(rng.integers(1, 3))):
        register.line("staff", school.id, domain, stays=5, since=begins, until=until)
    _officers(register, school, domain, begins)


def _officers(register: _Register, school: School, domain: str, begins: date) -> None:
    """Resource officers at three schools of five, sooner where students are older; protection officers at a few."""
    rng, world = register.rng, register.world
    older = 0.85 if school.grades[1] == "12" else 0.5
    public = school.sector in {"public", "charter"}
    latest = min(school.closed_on or date.max, world.today)
    if rng.random() < (older * 1.08 if public else 0.2):
        starts = begins + timedelta(days=int(rng.choice([0, 0, 45, 365, 760, 1130])))
        if starts < latest:
            school.resource_officers = register.line(
                "school_resource_officer", school.id, domain, stays=3, since=starts, until=school.closed_on
            )
    elif rng.random() < 0.12:
        starts = begins + timedelta(days=int(rng.integers(0, 900)))
        if starts < latest:
            school.protection_officers = register.line(
                "school_protection_officer", school.id, domain, stays=4, since=starts, until=school.closed_on
            )


def _domain(place: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in place.lower()).strip("-")[:40].rstrip("-")
