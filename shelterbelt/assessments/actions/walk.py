"""Answer questions and keep photographs, from a phone whose connection comes and goes.

Everything that arrives has an id that was made where it was written. What arrives twice is kept once; what arrives late
is kept where it belongs in time; nothing is ever overwritten.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.actions.assessment import KEEP_YEARS, Status, locked
from shelterbelt.assessments.models import Answer, Assessment, Photograph
from shelterbelt.assessments.policy.assessment import may_walk
from shelterbelt.assessments.queries import templates
from shelterbelt.assessments.rules import entry
from shelterbelt.core.clean_copies.apart import CleaningDied, cleaned_apart
from shelterbelt.core.clean_copies.kinds import Family
from shelterbelt.core.clean_copies.outcome import State
from shelterbelt.documents.actions import keep

Outcome = Literal["kept", "same", "refused"]


@dataclass(frozen=True)
class Given:
    """One answer as it arrives."""

    id: uuid.UUID
    question: str
    level: int | None
    is_answered: bool
    note: str
    written_at: datetime | None = None


@dataclass(frozen=True)
class Told:
    """What became of it, and why where it was refused."""

    id: uuid.UUID
    outcome: Outcome
    why: str = ""


@transaction.atomic
def answer_questions(assessment: Assessment, *, given: Sequence[Given], by: Standing, at: datetime) -> list[Told]:
    """Keep what can be kept; what can't is told one by one, and takes nothing else with it."""
    assessment = locked(assessment)
    require(may_walk(by, assessment))
    template = templates.followed_by(assessment)
    refused = {each.id: why for each in given if (why := _why_not(each, template.questions, template.top))}
    rows = {each.id: _row(assessment, each, by, at) for each in given if each.id not in refused}
    known = set(Answer.objects.filter(pk__in=rows).values_list("pk", flat=True))
    Answer.objects.bulk_create((row for key, row in rows.items() if key not in known), ignore_conflicts=True)
    mine = set(Answer.objects.filter(pk__in=rows, assessment=assessment).values_list("pk", flat=True))
    if mine and assessment.status == Status.PLANNED:
        assessment.status = Status.IN_FIELD
        assessment.save(update_fields=["status"])
    return [_told(each.id, refused, known, mine) for each in given]


def _told(key: uuid.UUID, refused: dict[uuid.UUID, str], known: set[uuid.UUID], mine: set[uuid.UUID]) -> Told:
    if key in refused:
        return Told(key, "refused", refused[key])
    if key not in mine:
        return Told(key, "refused", _("This answer belongs to another assessment."))
    return Told(key, "same" if key in known else "kept")


def _why_not(each: Given, questions: Any, top: int) -> str:
    if each.question not in questions:
        return _("This assessment has no such question.")
    said = entry.problem_of_level(each.level, top) or entry.problem_of_note(each.note)
    return _(said) if said else ""


def _row(assessment: Assessment, each: Given, by: Standing, at: datetime) -> Answer:
    return Answer(
        id=each.id, assessment=assessment, org_id=assessment.org_id, question=each.question,
        level=each.level if each.is_answered else None, is_answered=each.is_answered, note=each.note.strip(),
        written_at=entry.written_by(each.written_at, at), received_at=at, by=by.person,
    )  # fmt: skip


@transaction.atomic
def add_photograph(
    assessment: Assessment,
    *,
    photograph_id: uuid.UUID,
    question: str,
    upload: "UploadedFile[Any]",
    by: Standing,
    at: datetime,
) -> tuple[Photograph, Outcome]:
    """Keep a clean copy of a picture. What was sent isn't kept: it may tell where it was taken, when and with what."""
    assessment = locked(assessment)
    require(may_walk(by, assessment))
    known = Photograph.objects.filter(pk=photograph_id, assessment=assessment).first()
    if known is not None:
        return known, "same"
    if question not in templates.followed_by(assessment).questions:
        raise ValidationError(_("This assessment has no such question."))
    _require_room(assessment, question)
    content = upload.read()
    name, content_type, copy = _clean(content)
    clean = SimpleUploadedFile(f"{question}{name}", copy, content_type)
    document = keep(org=assessment.org, upload=clean, by=by, at=at, keep_years=KEEP_YEARS, is_closed=True)
    photograph = Photograph.objects.create(
        id=photograph_id, assessment=assessment, org_id=assessment.org_id, question=question, document=document,
        sent_sha256=hashlib.sha256(content).hexdigest(), received_at=at, by=by.person,
    )  # fmt: skip
    if assessment.status == Status.PLANNED:
        assessment.status = Status.IN_FIELD
        assessment.save(update_fields=["status"])
    return photograph, "kept"


@transaction.atomic
def remove_photograph(photograph: Photograph, *, by: Standing, at: datetime) -> None:
    """Take a picture out of the assessment; that it was there stays on record."""
    require(may_walk(by, locked(photograph.assessment)))
    photograph.removed_on = timezone.localdate(at)
    photograph.save(update_fields=["removed_on"])


def _require_room(assessment: Assessment, question: str) -> None:
    here = Photograph.objects.filter(assessment=assessment, removed_on=None)
    if here.count() >= entry.MOST_PHOTOGRAPHS:
        raise ValidationError(
            _("An assessment holds up to %(number)s photographs.") % {"number": entry.MOST_PHOTOGRAPHS}
        )
    if here.filter(question=question).count() >= entry.MOST_OF_A_QUESTION:
        raise ValidationError(
            _("A question holds up to %(number)s photographs. Remove one that says less.")
            % {"number": entry.MOST_OF_A_QUESTION}
        )


def _clean(content: bytes) -> tuple[str, str, bytes]:
    """The ending, type and content of a clean copy; ValidationError if it is no picture that can be drawn anew."""
    not_drawn = _("This picture can't be read. Take it again, as JPEG or PNG.")
    if not content:
        raise ValidationError(_("This file is empty."))
    try:
        outcome = cleaned_apart(content)
    except CleaningDied as error:
        raise ValidationError(not_drawn) from error
    if outcome.kind is None or outcome.kind.family is not Family.PICTURE:
        raise ValidationError(_("Only photographs go here: JPEG, PNG or WEBP."))
    if outcome.state != State.CLEAN:
        raise ValidationError(not_drawn)
    return outcome.kind.endings[0], outcome.kind.content_type, outcome.copy
