"""What organisations reported, for programs."""

import uuid
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from shelterbelt import strategy
from shelterbelt.access.answering import Part, Words, Year, for_whom, school_year
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.attestations.models import Attestation, Level
from shelterbelt.attestations.policy import may_look_at
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org

router = Router(tags=["Reports"])


class Speaker(Schema):
    """Whose report it is."""

    id: int
    name: str


class Report(Schema):
    """What an organisation reported about one output for one school year: who said what, when, on what ground."""

    id: uuid.UUID
    organisation: Speaker
    output: str
    school_year: str
    about: str | None = Field(description="The person it is about, where the output counts people.")
    answers: dict[str, Any] = Field(description="The output's questions, by key, and their answers.")
    statement: str
    level: int = Field(description="How far it is verified: 0 not at all to 4 by the state.", ge=0, le=4)
    level_name: str
    made_by: str | None = Field(description="None where the name isn't shown to you.")
    made_on: date
    reviewed_on: date | None
    replaced_on: date | None = Field(description="First day on which it no longer counts.")
    has_file: bool


class ReportList(Schema):
    """Reports, the latest first."""

    count: int
    reports: list[Report]


class Which(Part):
    """Which of them are wanted."""

    output: Words | None = Field(None, max_length=8, description="The output's number, such as D-O4.")
    year: Year | None = Field(None, description="As 2026-27.")
    replaced: bool = Field(False, description="Those that were replaced too.")


@router.get("/organisations/{int:org_id}/reports", response=ReportList, summary="List an organisation's reports")
@for_whom("signed_in")
def reports(request: PersonRequest, org_id: int, which: Query[Which]) -> dict[str, Any]:
    """What it reported, as far as you may see it."""
    found = _wanted(get_object_or_404(Org, pk=org_id), which, request)
    return {"count": found.count(), "reports": [_told(each) for each in which.of(_whole(found))]}


@router.get("/reports/{uuid:report_id}", response=Report, summary="Read a report")
@for_whom("signed_in")
def report(request: PersonRequest, report_id: uuid.UUID) -> dict[str, Any]:
    """One report."""
    found = get_object_or_404(_whole(Attestation.objects.all()), pk=report_id)
    require(may_look_at(request.standing, found))
    return _told(found)


def _wanted(org: Org, which: Which, request: PersonRequest) -> QuerySet[Attestation]:
    found = Attestation.objects.filter(org=org).exclude(output__in=_closed(request.standing, org))
    if not which.replaced:
        found = found.in_force(request.today)
    if which.output:
        found = found.filter(output=which.output.upper())
    if which.year:
        found = found.filter(year=school_year(which.year, request.today).starts)
    return found.order_by("-made_on", "replaced_on", "id")


def _closed(standing: Standing, org: Org) -> list[str]:
    """The outputs on which this organisation's reports stay with its district."""
    outputs = strategy.current().outputs
    return [each.id for each in outputs if may_look_at(standing, Attestation(org=org, output=each.id)) is not None]


def _whole(found: QuerySet[Attestation]) -> QuerySet[Attestation]:
    return found.select_related("org", "about", "made_by")


def _told(found: Attestation) -> dict[str, Any]:
    level = found.level if found.reviewed_level is None else found.reviewed_level
    same = ("id", "output", "answers", "statement", "made_on", "reviewed_on", "replaced_on")
    return {name: getattr(found, name) for name in same} | {
        "organisation": found.org,
        "school_year": SchoolYear(found.year).slug,
        "about": found.about.name if found.about else None,
        "level": level,
        "level_name": str(Level(level).label),
        "made_by": found.made_by.name if found.made_by else None,
        "has_file": found.document_id is not None,
    }
