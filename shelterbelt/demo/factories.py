"""Small pieces of a state for tests, in the words of the directory. Call them inside `acting_as_system(...)`.

Whatever isn't said is made up so that it holds together: a school has a district, a district a county, all one state.
"""

from datetime import date

from django.utils.text import slugify

from shelterbelt.access.standing import Standing, standing_of
from shelterbelt.orgs.models import BEGINNING, Enrolment, Identifier, Jurisdiction, Membership, Org
from shelterbelt.people.models import Appointment, Person

STATE_FIPS = "29"
FIRST_DAY = date(2019, 7, 1)


def a_state(name: str = "Missouri", *, fips: str = STATE_FIPS) -> Org:
    """The state, made once and found again by its FIPS code."""
    known = Org.objects.filter(kind=Org.Kind.STATE, identifiers__scheme="fips", identifiers__value=fips).first()
    if known is not None:
        return known
    state = Org.objects.create(kind=Org.Kind.STATE, name=name)
    identify(state, "fips", fips)
    return state


def a_county(name: str = "Boone County", *, fips: str = "29019", state: Org | None = None) -> Org:
    """A county, found again by its FIPS code."""
    known = Org.objects.filter(kind=Org.Kind.COUNTY, identifiers__scheme="fips", identifiers__value=fips).first()
    if known is not None:
        return known
    county = Org.objects.create(kind=Org.Kind.COUNTY, name=name, state=state or a_state())
    identify(county, "fips", fips)
    return county


def a_region(system: str = "rpdc", name: str = "Heart of Missouri", *, counties: tuple[Org, ...] = ()) -> Org:
    """A region of one of the region systems, with its counties."""
    region = Org.objects.create(kind=Org.Kind.REGION, name=name, region_system=system, state=a_state())
    for county in counties:
        a_membership(county, region, axis=system)
    return region


def a_district(
    name: str = "Cedar Fork R-II",
    *,
    county: Org | None = None,
    sector: str = Org.Sector.PUBLIC,
    code: str = "",
    opened_on: date = BEGINNING,
    closed_on: date | None = None,
) -> Org:
    """A district in a county; `code` is its six-digit county-district code."""
    county = county or a_county()
    district = Org.objects.create(
        kind=Org.Kind.DISTRICT, name=name, state_id=county.state_id, sector=sector,
        opened_on=opened_on, closed_on=closed_on,
    )  # fmt: skip
    a_membership(district, county, axis=Membership.COUNTY)
    if code:
        identify(district, "state_district", code)
    return district


def a_school(
    name: str = "Linden Creek Elementary",
    *,
    district: Org | None = None,
    opened_on: date = BEGINNING,
    closed_on: date | None = None,
    sector: str = Org.Sector.PUBLIC,
    grades: tuple[str, str] = ("KG", "05"),
    students: int | None = None,
    year: int = 2026,
    code: str = "",
) -> Org:
    """A school in a district and in that district's county; `students` is its enrolment in `year`."""
    district = district or a_district()
    school = Org.objects.create(
        kind=Org.Kind.SCHOOL, name=name, state_id=district.state_id, sector=sector,
        low_grade=grades[0], high_grade=grades[1], opened_on=opened_on, closed_on=closed_on,
    )  # fmt: skip
    a_membership(school, district, axis=Membership.DISTRICT)
    for county in Org.objects.filter(members__member=district, members__axis=Membership.COUNTY):
        a_membership(school, county, axis=Membership.COUNTY)
    if students is not None:
        Enrolment.objects.create(org=school, year=year, students=students, basis="invented")
    if code:
        identify(school, "state_building", code, within=district)
    return school


def an_agency(
    service: str = Org.Service.LAW_ENFORCEMENT,
    name: str = "",
    *,
    serves: Org | tuple[Org, ...] = (),
    from_on: date = BEGINNING,
    until_on: date | None = None,
) -> Org:
    """An agency that serves a school, or all schools of a district or county."""
    called = name or f"Cedar Fork {Org.Service(service).label}"
    agency = Org.objects.create(kind=Org.Kind.AGENCY, name=called, service=service, state=a_state())
    for org in (serves,) if isinstance(serves, Org) else serves:
        Jurisdiction.objects.create(agency=agency, org=org, from_on=from_on, until_on=until_on)
    return agency


def a_person(
    name: str,
    *,
    office: str = "",
    at: Org | None = None,
    from_on: date = FIRST_DAY,
    until_on: date | None = None,
    email: str | None = None,
    password: str | None = None,
) -> Person:
    """A person, appointed to an office if one is named. Without `email`: name@example.org."""
    person = Person(name=name, email=email or f"{slugify(name)}@example.org")
    person.set_password(password)
    person.save()
    if office:
        appoint(person, office, at or a_state(), from_on=from_on, until_on=until_on)
    return person


def appoint(
    person: Person, office: str, at: Org, *, from_on: date = FIRST_DAY, until_on: date | None = None
) -> Appointment:
    """Give a person an office."""
    return Appointment.objects.create(person=person, office=office, org=at, from_on=from_on, until_on=until_on)


def standing(person: Person, today: date) -> Standing:
    """What the person's appointments add up to on a day."""
    return standing_of(person, today=today)


def a_membership(
    member: Org, group: Org, *, axis: str, from_on: date = BEGINNING, until_on: date | None = None
) -> Membership:
    """That one organisation belongs to another on an axis."""
    return Membership.objects.create(member=member, group=group, axis=axis, from_on=from_on, until_on=until_on)


def identify(org: Org, scheme: str, value: str, *, within: Org | None = None) -> Identifier:
    """Give an organisation a code."""
    return Identifier.objects.create(org=org, scheme=scheme, value=value, within=within)
