"""Write down who asked for what, and sort it into what is open and what is closed."""

import uuid
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.disclosure import rules
from shelterbelt.disclosure.models import ClosureDetermination, RecordsRequest, RequestedRecord
from shelterbelt.disclosure.policy import may_answer, may_record_request
from shelterbelt.disclosure.queries import all_determinations_of, our_law
from shelterbelt.documents.actions import keep
from shelterbelt.orgs.models import Org

Given = RequestedRecord.Given
KEEP_YEARS = 5


@transaction.atomic
def record_request(
    *,
    org: Org,
    asked: str,
    how: str,
    received_on: date,
    by: Standing,
    at: datetime,
    requester: str = "",
    contact: str = "",
    made_id: uuid.UUID | None = None,
) -> RecordsRequest:
    """Write a request down; the day it is due follows from the law. Sent twice with one id, it is one."""
    require(may_record_request(by, org))
    if received_on > by.today:
        raise ValidationError({"received_on": _("This day is still ahead. When did it come?")})
    one_at_a_time([f"records requests of {org.pk}"])
    known = RecordsRequest.objects.filter(pk=made_id, org=org).first() if made_id else None
    if known is not None:
        return known
    last = RecordsRequest.objects.filter(org=org).aggregate(last=Max("number"))["last"] or 0
    return RecordsRequest.objects.create(
        id=made_id or uuid.uuid4(),
        org=org,
        number=last + 1,
        requester=requester.strip(),
        contact=contact.strip(),
        how=how,
        asked=asked.strip(),
        received_on=received_on,
        due_on=rules.due_on(received_on, our_law()),
        recorded_by=by.person,
        recorded_at=at,
    )


@transaction.atomic
def add_part(
    *,
    asked: RecordsRequest,
    records: str,
    title: str,
    given: str,
    by: Standing,
    at: datetime,
    upload: "UploadedFile[Any] | None" = None,
) -> RequestedRecord:
    """Put a record among what was asked for. ValidationError if it can't be given, or kept closed, like that."""
    mine = locked(asked, by)
    ground = _ground(mine.org, records, given, by.today)
    if given != Given.CLOSED and upload is None:
        raise ValidationError({"upload": _("Choose the file that is given.")})
    document = None
    if given != Given.CLOSED and upload is not None:
        document = keep(org=mine.org, upload=upload, by=by, at=at, keep_years=KEEP_YEARS)
    return RequestedRecord.objects.create(
        request=mine,
        org=mine.org,
        records=records,
        title=title.strip(),
        given=given,
        document=document,
        determination=ground,
    )


@transaction.atomic
def remove_part(*, part: RequestedRecord, by: Standing) -> None:
    """Take a record out again, while nobody has answered."""
    locked(part.request, by)
    part.delete()


@transaction.atomic
def delay(*, asked: RecordsRequest, until: date, because: str, by: Standing) -> None:
    """Note that whoever asked was told that it takes longer, why, and until when (RSMo 610.023.3)."""
    mine = locked(asked, by)
    if until <= mine.due_on:
        raise ValidationError({"until": _("Give a day after the one on which the answer is due anyway.")})
    if not because.strip():
        raise ValidationError({"because": _("Write what whoever asked was told: why it takes longer.")})
    mine.delayed_until, mine.delay_because = until, because.strip()
    mine.save(update_fields=["delayed_until", "delay_because"])


def locked(asked: RecordsRequest, by: Standing) -> RecordsRequest:
    """The request as it is now, with nobody else answering it meanwhile; or the refusal, before a row is held."""
    require(may_answer(by, asked))
    mine = RecordsRequest.objects.select_for_update(of=("self",)).select_related("org").get(pk=asked.pk)
    require(may_answer(by, mine))
    return mine


def _ground(org: Org, records: str, given: str, on: date) -> ClosureDetermination | None:
    """What closes the class; nothing for what is given as it is."""
    held = [each for each in all_determinations_of(org, on) if each.records == records]
    if given == Given.OPEN:
        if held:
            raise ValidationError(
                {"given": _("These records are closed. Take the closed part out of a copy, or keep it closed.")}
            )
        return None
    if not held:
        raise ValidationError(
            {"given": _("Nothing in writing says why these records are closed. Write the determination first.")}
        )
    return held[0]
