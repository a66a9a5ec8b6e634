"""The directory for programs: find organisations, and everything the directory says about one."""

from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from shelterbelt.access.answering import Id, Part, Words, for_whom, written_out
from shelterbelt.access.standing import PersonRequest
from shelterbelt.orgs.finding import Line, Wanted, find, lines
from shelterbelt.orgs.models import BEGINNING, FormerName, Identifier, Membership, Org
from shelterbelt.orgs.profile_page import OrgPage
from shelterbelt.orgs.queries import state_with_code

router = Router(tags=["Directory"])

OrgKind = Annotated[Org.Kind, written_out(Org.Kind)]
Scheme = Annotated[Identifier.Scheme, written_out(Identifier.Scheme)]


class Named(Schema):
    """An organisation, to be looked up by its id."""

    id: int
    name: str


class Listed(Named):
    """One organisation as a list shows it."""

    kind: OrgKind
    sector: str
    city: str
    district: Named | None
    county: Named | None
    codes: list[str] = Field(description="What others call it.")
    closed_on: date | None = Field(description="First day on which it no longer exists.")


class OrganisationList(Schema):
    """Organisations that fit."""

    count: int = Field(description="How many fit in all.")
    organisations: list[Listed]


class Code(Schema):
    """What somebody else calls an organisation. Always text: leading zeros are part of it."""

    scheme: Scheme
    value: str
    within: int | None = Field(description="The organisation inside which it is unique; none: everywhere.")


class Belonging(Schema):
    """That it belonged to another from one day up to another."""

    axis: str = Field(description="district, county, or the name of a region system.")
    group: Named
    from_on: date | None = Field(description="None: since before anybody wrote it down.")
    until_on: date | None


class Formerly(Schema):
    """A name it bore until a day."""

    name: str
    until_on: date


class Enrolled(Schema):
    """How many students it had, and how that is known."""

    school_year: str
    students: int
    basis: str


class Organisation(Named):
    """Everything the directory says about one organisation."""

    kind: OrgKind
    state: Named | None
    sector: str
    service: str = Field(description="What an agency does.")
    region_system: str
    low_grade: str
    high_grade: str
    address: str
    city: str
    postal_code: str
    website: str
    latitude: float | None
    longitude: float | None
    precision: str
    opened_on: date | None
    closed_on: date | None
    is_open: bool
    identifiers: list[Code]
    belongs_to: dict[str, Named] = Field(description="Its groups today, those of its district and county included.")
    memberships: list[Belonging] = Field(description="Its own memberships, past ones too.")
    former_names: list[Formerly]
    enrolment: Enrolled | None
    served_by: list[Named] = Field(description="The agencies that serve it today.")


class Search(Part):
    """What is looked for; what is left out doesn't narrow it."""

    q: Words = Field("", max_length=100, description="Name (also a former one), code or city.")
    kind: OrgKind | None = None
    inside: Id | None = Field(None, description="Direct members of this district, county or region.")
    closed: bool = Field(False, description="Closed ones too.")
    elsewhere: bool = Field(False, description="Other states too.")


@router.get("/organisations", response=OrganisationList, summary="Find organisations")
@for_whom("signed_in")
def organisations(request: PersonRequest, search: Query[Search]) -> dict[str, Any]:
    """Schools, districts, agencies and more, those whose name begins with the text first."""
    found = find(_wanted(search), request.today)
    rows = [_listed(line) for line in lines(search.of(found), request.today)]
    return {"count": found.count(), "organisations": rows}


@router.get("/organisations/{int:org_id}", response=Organisation, summary="Read an organisation")
@for_whom("signed_in")
def organisation(request: PersonRequest, org_id: int) -> dict[str, Any]:
    """Its facts, what others call it, and where it belongs."""
    found = get_object_or_404(Org.objects.select_related("state"), pk=org_id)
    return _facts(found) | _around(OrgPage(found, request.today))


def _wanted(search: Search) -> Wanted:
    state = None if search.elsewhere else state_with_code(settings.STATE)
    return Wanted(
        text=search.q,
        kind=search.kind or "",
        district=search.inside,
        closed_too=search.closed,
        state=state.pk if state else None,
    )


def _listed(line: Line) -> dict[str, Any]:
    names = ("id", "name", "kind", "sector", "city", "closed_on")
    facts = {name: getattr(line.org, name) for name in names}
    return facts | {"district": line.district, "county": line.county, "codes": line.codes}


def _facts(org: Org) -> dict[str, Any]:
    names = set(Organisation.model_fields) & {field.name for field in Org._meta.get_fields()}
    return {name: getattr(org, name) for name in names - {"identifiers", "memberships", "former_names", "served_by"}}


def _around(page: OrgPage) -> dict[str, Any]:
    return {
        "opened_on": page.opened_on,
        "is_open": page.is_open,
        "identifiers": [_code(code) for code in page.codes],
        "belongs_to": page.belongs,
        "memberships": [_belonging(held) for held in page.history],
        "former_names": [_formerly(former) for former in page.former_names],
        "enrolment": _enrolled(page),
        "served_by": page.agencies,
    }


def _code(code: Identifier) -> dict[str, Any]:
    return {"scheme": code.scheme, "value": code.value, "within": code.within_id}


def _belonging(held: Membership) -> dict[str, Any]:
    since = None if held.from_on == BEGINNING else held.from_on
    return {"axis": held.axis, "group": held.group, "from_on": since, "until_on": held.until_on}


def _formerly(former: FormerName) -> dict[str, Any]:
    return {"name": former.name, "until_on": former.until_on}


def _enrolled(page: OrgPage) -> dict[str, Any] | None:
    known = page.enrolment
    return {"school_year": page.enrolment_year, "students": known.students, "basis": known.basis} if known else None
