"""Figures for programs: the plan's outputs, where an organisation stands on them, and why. And who one is here."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import StringConstraints

from shelterbelt.access.answering import Id, Part, Year, for_whom, written_out
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.looking import Look
from shelterbelt.home.queries import reasons
from shelterbelt.home.queries.groups import axes_for, groups_along, in_order
from shelterbelt.home.queries.outputs import figure_at
from shelterbelt.home.queries.reasons import Reason
from shelterbelt.home.queries.units import names_of_places, units_with
from shelterbelt.home.why_words import thresholds_of
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.policy import counts_closed, may_list_units, may_see_figure, may_see_organisation
from shelterbelt.measures.rules import Answer, Figure
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Output

router = Router(tags=["Figures"])

GROUPS = (Org.Kind.STATE, Org.Kind.REGION, Org.Kind.COUNTY, Org.Kind.DISTRICT)
OrgKind = Annotated[Org.Kind, written_out(Org.Kind)]
Office = Annotated[Appointment.Office, written_out(Appointment.Office)]
AnswerWord = Literal["not_reported", "not_met", "met", "not_applicable"]
Axis = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]


class Place(Schema):
    """An organisation."""

    id: int
    name: str
    kind: OrgKind


class Held(Schema):
    """An office held today."""

    office: Office
    title: str
    organisation: Place


class Me(Schema):
    """Who acts, with which offices, on which day."""

    id: int
    name: str
    today: date
    school_year: str
    acting_for: str | None = Field(description="In whose office, while somebody is away; then it is the only one.")
    offices: list[Held]


class PlanOutput(Schema):
    """What the plan measures: one figure, its unit, and what a unit does to meet it."""

    id: str
    title: str
    meaning: str
    kind: str = Field(description="percentage, established, count")
    unit: str = Field(description="What is counted: school, district, person or state.")
    version: int
    thresholds: dict[str, float]


class OutputList(Schema):
    """All outputs of the plan in force."""

    plan: str
    outputs: list[PlanOutput]


class Counts(Schema):
    """How many units gave each answer. Not reported is part of the denominator; not applicable is not."""

    numerator: int = Field(description="Units that meet it.")
    denominator: int = Field(description="Units that it concerns.")
    not_met: int
    not_reported: int
    not_applicable: int
    verified: int = Field(description="Of those that meet it, how many somebody else looked at.")
    percent: float | None = Field(description="Also the lower bound. None where nobody is concerned.")
    percent_at_most: float | None = Field(description="If all who did not report met it.")


class OneOutput(Schema):
    """Where an organisation stands on one output."""

    output: str
    counts: Counts | None = Field(description="None for outputs that add something up.")
    number: float | None = Field(description="For outputs that add something up.")


class WhereItStands(Schema):
    """Where an organisation stands in a school year, as of a day."""

    organisation: Place
    school_year: str
    as_of: date
    outputs: list[OneOutput]


class Question(Schema):
    """A question and its answer, as people read them."""

    question: str
    answer: str


class Behind(Schema):
    """One record behind an answer."""

    what: str
    on: date
    level: str
    counts: bool
    facts: list[Question]


class Why(Schema):
    """Why a figure is what it is."""

    organisation: Place
    output: str
    school_year: str
    as_of: date
    whose: Literal["own", "district", "people", "group", "number"] = Field(
        description="Whose answer it is: its own, its district's, its people's, that of many units, a number."
    )
    answer: AnswerWord | None
    level: str
    counts: Counts | None
    number: float | None
    records: list[Behind]
    missing: list[str]
    questions: list[str] = Field(description="What a report will have to say, where there is none yet.")


class Group(Schema):
    """One row of a roll-up; kinds of school and what belongs to no group have no id."""

    id: int | None
    name: str
    counts: Counts


class GroupList(Schema):
    """One output over the groups along an axis."""

    organisation: Place
    output: str
    school_year: str
    as_of: date
    axis: str
    axes: list[str] = Field(description="The axes that may be asked for here.")
    count: int
    groups: list[Group]


class Unit(Schema):
    """A school or district that gave the answer, or a person with the organisation they serve."""

    organisation: int
    name: str
    place: str = Field(description="The district, county or organisation it belongs to.")


class UnitList(Schema):
    """The units that gave one answer. That somebody read such a list is noted."""

    organisation: Place
    output: str
    school_year: str
    as_of: date
    answer: AnswerWord
    count: int
    units: list[Unit]


class When(Schema):
    """Which school year, judged on which day; both may be left out."""

    year: Year | None = Field(None, description="As 2026-27; left out, the present one.")
    as_of: date | None = Field(None, description="A day in it; left out, its end or today.")

    def look(self, today: date) -> Look:
        """The year and day, as the pages understand them; ValidationError says what doesn't make sense."""
        chosen = {name: str(value) for name, value in (("year", self.year), ("as_of", self.as_of)) if value}
        form = LookForm(chosen, today=today)  # type: ignore[arg-type]  # it asks for .get only
        if not form.is_valid():
            raise ValidationError({name: list(found) for name, found in form.errors.items()})
        return form.look()


class Along(When, Part):
    """Which groups."""

    within: Id | None = Field(None, description="The state, region, county or district to look at; else your own.")
    axis: Axis | None = None


class Listing(When, Part):
    """Which units."""

    within: Id | None = Field(None, description="The state, region, county or district to look at; else your own.")
    answer: AnswerWord = "not_met"


@router.get("/me", response=Me, summary="Who am I", tags=["You"])
@for_whom("signed_in")
def me(request: PersonRequest) -> dict[str, Any]:
    """Your offices today. The answer also sets the cookie whose value goes into X-CSRFToken when you send something."""
    get_token(request)
    offices = [
        {
            "office": holding.office,
            "title": str(Appointment.Office(holding.office).label),
            "organisation": holding.org,
        }
        for holding in request.standing.holdings
    ]
    person, lent = request.standing.person, request.standing.acting_for
    told = {"id": person.pk, "name": person.name, "acting_for": lent.appointment.person.name if lent else None}
    return told | {"today": request.today, "school_year": SchoolYear.of(request.today).slug, "offices": offices}


@router.get("/outputs", response=OutputList, summary="List the plan's outputs")
@for_whom("signed_in")
def outputs(request: PersonRequest) -> dict[str, Any]:  # noqa: ARG001  every operation takes the request
    """What the plan measures."""
    plan = current()
    return {"plan": str(plan.title), "outputs": [_about(output) for output in plan.outputs]}


@router.get("/organisations/{int:org_id}/outputs", response=WhereItStands, summary="Read an organisation's figures")
@for_whom("signed_in")
def figures(request: PersonRequest, org_id: int, when: Query[When]) -> dict[str, Any]:
    """Where it stands on every output that you may see of it."""
    org = _organisation(org_id)
    require(may_see_organisation(request.standing, org))
    look = when.look(request.today)
    measured = _measured(request, org, look)
    shown = [output for output in current().outputs if may_see_figure(request.standing, output, org) is None]
    rows = [_stands(measured, look, output, org) for output in shown]
    return _heading(org, look) | {"outputs": rows}


@router.get("/organisations/{int:org_id}/outputs/{output_id}", response=Why, summary="Read why a figure is what it is")
@for_whom("signed_in")
def why(request: PersonRequest, org_id: int, output_id: str, when: Query[When]) -> dict[str, Any]:
    """The answer, the records behind it as far as you may see them, and what is missing."""
    org, output = _organisation(org_id), _output(output_id)
    require(may_see_figure(request.standing, output, org))
    look = when.look(request.today)
    measured = _measured(request, org, look)
    whose, reason = _reason(request.standing, measured, output, org, look)
    return _heading(org, look) | {"output": output.id, "whose": whose} | _told(reason)


@router.get("/outputs/{output_id}/groups", response=GroupList, summary="Read a figure group by group")
@for_whom("signed_in")
def groups(request: PersonRequest, output_id: str, along: Query[Along]) -> dict[str, Any]:
    """One output along an axis: regions, counties, districts or kinds of school inside an organisation."""
    output, here = _output(output_id), _group(along.within, request.standing)
    require(may_see_figure(request.standing, output, here))
    look = along.look(request.today)
    measured = _measured(request, here, look)
    axes = axes_for(measured, output, look.year, here)
    axis = along.axis or next(iter(axes), "")
    if axis not in axes:
        raise ValidationError({"axis": _("There is no such way to group this output here.")})
    found = in_order(groups_along(measured, output, look.year, axis, here), "name")
    rows = [{"id": group.org, "name": group.name, "counts": _counts(group.figure)} for group in along.of(found)]
    told = {"output": output.id, "axis": axis, "axes": list(axes), "count": len(found), "groups": rows}
    return _heading(here, look) | told


@router.get("/outputs/{output_id}/units", response=UnitList, summary="List the units behind a figure")
@for_whom("signed_in")
def units(request: PersonRequest, output_id: str, listing: Query[Listing]) -> dict[str, Any]:
    """The schools, districts or people that gave one answer, by name. That you read the list is noted."""
    output, here = _output(output_id), _group(listing.within, request.standing)
    if output.kind != "percentage":
        raise Http404
    require(may_list_units(request.standing, output, here))
    look, answer = listing.look(request.today), Answer[listing.answer.upper()]
    found = units_with(_measured(request, here, look), output, look.year, answer, here)
    note_reading(
        "home.units", f"{output.id} {look.year} {answer.word}", org=here.pk, reason=f"list of units as of {look.day}"
    )
    page = listing.of(found)
    places = names_of_places(page)
    rows = [{"organisation": unit.org, "name": unit.name, "place": places.get(unit.place, "")} for unit in page]
    return _heading(here, look) | {"output": output.id, "answer": answer.word, "count": len(found), "units": rows}


def _organisation(org_id: int) -> Org:
    return get_object_or_404(Org.objects.select_related("state").exclude(kind=Org.Kind.AGENCY), pk=org_id)


def _group(org_id: int | None, standing: Standing) -> Org:
    """The organisation that was named, or the first one somebody serves that has units below it."""
    if org_id is not None:
        return get_object_or_404(Org.objects.select_related("state"), pk=org_id, kind__in=GROUPS)
    for holding in standing.holdings:
        if holding.org.kind in GROUPS:
            return holding.org
    raise ValidationError({"within": _("Choose a district, county or region first.")})


def _output(output_id: str) -> Output:
    try:
        return current().output(output_id.upper())
    except KeyError as error:
        raise Http404 from error


def _measured(request: PersonRequest, org: Org, look: Look) -> Measured:
    """The figures that a reader may see of an organisation."""
    state = org if org.kind == Org.Kind.STATE else org.state
    if state is None:
        raise Http404
    closed = counts_closed(request.standing, org)
    return Measured(state, request.today, as_of=look.as_of, closed=closed)


def _about(output: Output) -> dict[str, Any]:
    told = {name: str(getattr(output, name)) for name in ("id", "title", "meaning", "kind", "unit")}
    return told | {"version": output.version, "thresholds": dict(thresholds_of(output))}


def _heading(org: Org, look: Look) -> dict[str, Any]:
    return {"organisation": org, "school_year": look.year.slug, "as_of": look.day}


def _stands(measured: Measured, look: Look, output: Output, org: Org) -> dict[str, Any]:
    if output.kind == "count":
        return {"output": output.id, "counts": None, "number": measured.number(output, look.year)}
    return {"output": output.id, "counts": _counts(_figure(measured, output, look.year, org)), "number": None}


def _figure(measured: Measured, output: Output, year: SchoolYear, org: Org) -> Figure:
    """A group's figure; a school's own answer, its district's, or those of its people, as a figure of its own."""
    if org.kind != Org.Kind.SCHOOL:
        return figure_at(measured, output, year, org)
    if output.unit != "district":
        return measured.facts(output, year).inside(measured.placement(year).inside(org)).total
    return measured.in_schools(output, year).inside(measured.placement(year).inside(org)).total


def _counts(figure: Figure) -> dict[str, Any]:
    return {
        "numerator": figure.met,
        "denominator": figure.concerned,
        "not_met": figure.not_met,
        "not_reported": figure.not_reported,
        "not_applicable": figure.not_applicable,
        "verified": figure.verified,
        "percent": figure.value,
        "percent_at_most": figure.high,
    }


def _reason(standing: Standing, measured: Measured, output: Output, org: Org, look: Look) -> tuple[str, Reason | None]:
    if reasons.is_unit(output, org):
        return "own", reasons.own_reason(measured, standing, output, org, look)
    if output.kind == "count":
        return "number", reasons.counted_reason(measured, standing, output, org, look)
    if org.kind != Org.Kind.SCHOOL:
        return "group", Reason(figure=figure_at(measured, output, look.year, org))
    if output.unit == "person":
        return "people", reasons.people_reason(measured, standing, output, org, look)
    found = reasons.district_reason(measured, output, org, look)
    return "district", found[0] if found else None


def _told(reason: Reason | None) -> dict[str, Any]:
    """What is known; nothing where the unit wasn't there on the day."""
    known = reason or Reason()
    return {
        "answer": None if known.answer is None else known.answer.word,
        "level": known.level,
        "counts": None if known.figure is None else _counts(known.figure),
        "number": known.number,
        "records": list(_behind(known)),
        "missing": [str(each) for each in known.missing],
        "questions": list(known.questions),
    }


def _behind(reason: Reason) -> Iterator[dict[str, Any]]:
    for record in reason.records:
        evidence = record.evidence
        facts = [{"question": question, "answer": answer} for question, answer in record.facts]
        told = {"what": str(evidence.what), "on": evidence.on, "level": record.level, "counts": evidence.counts}
        yield told | {"facts": facts}
