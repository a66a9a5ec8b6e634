"""Drills for programs: a school's year, one record, writing one down and correcting it."""

import uuid
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from shelterbelt.access.answering import Part, Words, Year, for_whom, school_year, sentences, written_out
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.problems import problem
from shelterbelt.drills import policy, queries, rules
from shelterbelt.drills.actions import Recorded, record_drill
from shelterbelt.drills.forms import NOBODY, RecordForm
from shelterbelt.drills.models import CorrectiveAction, Drill, Kind, SeenDrill, Shown
from shelterbelt.drills.readings import note_drill, note_year
from shelterbelt.drills.words import say
from shelterbelt.orgs.models import Org

router = Router(tags=["Drills"])

DrillKind = Annotated[Kind, written_out(Kind)]
Nature = Annotated[Drill.Nature, written_out(Drill.Nature)]
DrillStatus = Annotated[Drill.Status, written_out(Drill.Status)]
Responder = Literal["law_enforcement", "fire", "ems", "emergency_management"]
PlanPart = Literal[*rules.PLAN_PARTS, ""]  # type: ignore[valid-type]  # the list stands in the rules


class School(Schema):
    """Where it was."""

    id: int
    name: str


class Step(Schema):
    """Something that must be mended."""

    id: uuid.UUID
    what: str
    owner: str
    due_on: date
    done_on: date | None
    outcome: str


class Learned(Schema):
    """What the school learned; not for agencies."""

    incident_class: str
    accommodations: str
    parents_told_on: date | None
    simulated_with_students: bool | None
    debriefed: bool | None
    summary: str
    strengths: str
    improvements: str
    completed_on: date | None = Field(description="Day on which nothing of the standard form was missing any more.")
    cancelled_because: str
    missing: list[str] = Field(description="What the standard form still waits for.")
    corrective_actions: list[Step]


class Seen(Schema):
    """A drill, exercise, incident or threat: when, what and who."""

    id: uuid.UUID
    school: School
    nature: Nature
    kind: DrillKind
    status: DrillStatus
    planned_on: date | None
    held_on: date | None
    started_at: time | None = Field(json_schema_extra={"format": "partial-time"})
    minutes: int | None
    is_announced: bool | None
    plan_part: str
    plan_part_other: str
    place: str
    students: int | None
    staff: int | None
    visitors: int | None
    law_enforcement_present: bool | None
    fire_present: bool | None
    ems_present: bool | None
    emergency_management_present: bool | None


class DrillList(Schema):
    """A school's drills of a year, the latest first."""

    school_year: str
    count: int
    drills: list[Seen]


class DrillRecord(Seen):
    """One record."""

    learned: Learned | None = Field(description="None for agencies, which see when, what and who.")


class DrillKept(Schema):
    """What came of sending a record: `kept`, or `same` as what stood here before."""

    outcome: Literal["kept", "same"]
    drill: DrillRecord


class Correction(Schema):
    """What is known of a drill that was held. Left out means not known: it replaces what stood there."""

    kind: DrillKind
    held_on: date
    started_at: time | None = Field(None, json_schema_extra={"format": "partial-time"})
    minutes: int | None = Field(None, ge=1, le=1440)
    is_announced: bool | None = None
    plan_part: PlanPart = ""
    plan_part_other: Words = Field("", max_length=120)
    students: int | None = Field(None, ge=0, le=20_000)
    staff: int | None = Field(None, ge=0, le=20_000)
    visitors: int | None = Field(None, ge=0, le=20_000)
    present: list[Responder] | None = Field(None, max_length=4, description="Who came; [] if nobody, null if unknown.")
    place: Words = Field("", max_length=120)
    written_at: datetime | None = Field(None, description="When it was written, if it waited for a connection.")


class DrillSent(Correction):
    """A drill that was held, under an id that the program made. Sent twice, it is one drill."""

    id: uuid.UUID


class OfYear(Part):
    """A part of a school year's list."""

    year: Year | None = Field(None, description="As 2026-27; left out, the present one.")


@router.get("/schools/{int:school_id}/drills", response=DrillList, summary="List a school's drills")
@for_whom("signed_in")
def drills(request: PersonRequest, school_id: int, part: Query[OfYear]) -> dict[str, Any]:
    """Held, planned and cancelled ones of a year. Agencies see those of the schools they serve."""
    school, year = _school(school_id), school_year(part.year, request.today)
    found: Any = queries.drills_of(school, year, request.today)
    if policy.may_read_learned(request.standing, school) is not None:
        if not queries.is_served(school):
            raise Http404
        found = queries.seen_of(school, year, request.today)
    note_year(request.standing, school, year)
    rows = [_seen(each) for each in part.of(found.select_related("school"))]
    return {"school_year": year.slug, "count": found.count(), "drills": rows}


@router.post("/schools/{int:school_id}/drills", response={201: DrillKept, 200: DrillKept}, summary="Record a drill")
@for_whom("signed_in")
def record(request: PersonRequest, school_id: int, sent: DrillSent) -> Any:
    """Write down a drill that was held, by the same rules as the form."""
    school = _school(school_id)
    require(policy.may_record(request.standing, school))
    return _recorded(request, school, sent.id, sent)


@router.get("/drills/{uuid:drill_id}", response=DrillRecord, summary="Read a drill")
@for_whom("signed_in")
def drill(request: PersonRequest, drill_id: uuid.UUID) -> dict[str, Any]:
    """The record. Agencies see when, what and who, not what was learned."""
    found = queries.with_record(Drill.objects.all()).filter(pk=drill_id).first()
    if found is None or policy.may_read_learned(request.standing, found.school) is not None:
        seen = get_object_or_404(SeenDrill.objects.select_related("school"), pk=drill_id)
        note_drill(request.standing, seen)
        return _seen(seen) | {"learned": None}
    note_drill(request.standing, found)
    return _whole(found)


@router.put("/drills/{uuid:drill_id}", response=DrillKept, summary="Correct a drill")
@for_whom("signed_in")
def correct(request: PersonRequest, drill_id: uuid.UUID, sent: Correction) -> Any:
    """Replace what was recorded, or record a planned drill as held. The trail keeps what stood there."""
    known = get_object_or_404(Drill.objects.select_related("school"), pk=drill_id, nature=Drill.Nature.DRILL)
    require(policy.may_correct(request.standing, known))
    return _recorded(request, known.school, known.pk, sent)


def _recorded(request: PersonRequest, school: Org, drill_id: uuid.UUID, sent: Correction) -> Any:
    was_there = Drill.objects.filter(pk=drill_id).exists()
    form = RecordForm(_as_typed(sent, drill_id))
    if not form.is_valid():
        return problem(422, errors={name: [str(each) for each in found] for name, found in form.errors.items()})
    try:
        came = record_drill(
            school=school, drill_id=drill_id, facts=form.facts(), written_at=_written_at(form), by=request.standing,
            at=clock.now(),
        )  # fmt: skip
    except ValidationError as error:
        return problem(422, errors=sentences(error))
    return _told(came, status=200 if was_there else 201)


def _told(came: Recorded, *, status: int) -> HttpResponse | Status[dict[str, Any]]:
    if came.outcome == "older":
        sentence = _("Somebody changed this record after you wrote yours. Theirs was kept; yours changed nothing.")
        return problem(409, sentence)
    kept = queries.with_record(Drill.objects.all()).get(pk=came.drill.pk)
    return Status(status, {"outcome": came.outcome, "drill": _whole(kept)})


def _as_typed(sent: Correction, drill_id: uuid.UUID) -> dict[str, Any]:
    """What a person would have typed into the form, so that the same rules read it."""
    typed = {name: "" if value is None else str(value) for name, value in sent.model_dump(exclude={"present"}).items()}
    typed["kind"] = sent.kind.value
    nobody = [NOBODY] if sent.present == [] else []
    return typed | {"drill_id": str(drill_id), "present": [*(sent.present or nobody)]}


def _written_at(form: RecordForm) -> datetime | None:
    """A clock that is ahead wrote it now."""
    written: datetime | None = form.cleaned_data["written_at"]
    return min(written, clock.now()) if written else None


def _school(school_id: int) -> Org:
    return get_object_or_404(Org.objects.schools(), pk=school_id)


def _seen(found: Shown | Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Seen.model_fields}


def _whole(found: Drill) -> dict[str, Any]:
    missing = rules.missing_from(found) if found.status == Drill.Status.HELD else []
    extra = {"missing": [say(each.reason) for each in missing], "corrective_actions": _steps(found)}
    learned = {name: getattr(found, name) for name in Learned.model_fields if name not in extra}
    return _seen(found) | {"learned": learned | extra}


def _steps(found: Drill) -> list[CorrectiveAction]:
    return list(found.corrective_actions.all())
