"""Record sessions in which staff heard what is new in the plan."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.people.models import Person
from shelterbelt.plans.models import Briefing, BriefingAttendance, Version
from shelterbelt.plans.policy.evaluation import may_brief


@transaction.atomic
def record_briefing(
    *,
    version: Version,
    held_on: date,
    topics: str,
    led_by: str,
    staff: int,
    others: int,
    by: Standing,
    at: datetime,
    people: Collection[Person] = (),
    minutes: int | None = None,
    briefing_id: uuid.UUID | None = None,
) -> Briefing:
    """Write down a session: who of those who sign in here was there, and how many others. Sent twice, it is one."""
    require(may_brief(by, version.plan))
    attended = len(people) + others
    _check(version, held_on, topics, attended, staff, timezone.localdate(at))
    key = briefing_id or uuid.uuid4()
    try:
        with transaction.atomic():
            made = Briefing.objects.create(
                id=key, plan=version.plan, org_id=version.org_id, version=version, held_on=held_on,
                topics=topics.strip(), led_by=led_by.strip(), minutes=minutes, attended=attended, staff=staff,
                recorded_by=by.person, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        known = Briefing.objects.filter(pk=key, plan=version.plan, held_on=held_on, attended=attended).first()
        if known is None:
            raise ValidationError(_("This form was used already. Open a new form.")) from error
        return known
    BriefingAttendance.objects.bulk_create(
        BriefingAttendance(briefing=made, org_id=made.org_id, person=person) for person in people
    )
    return made


@transaction.atomic
def withdraw_briefing(briefing: Briefing, *, because: str, by: Standing) -> None:
    """Take back a session that was a mistake; it stays on record with the reason."""
    require(may_brief(by, briefing.plan))
    if not because.strip():
        raise ValidationError({"because": [_("Say why, in a few words.")]})
    briefing.withdrawn_because = because.strip()
    briefing.save(update_fields=["withdrawn_because"])


def _check(version: Version, held_on: date, topics: str, attended: int, staff: int, today: date) -> None:
    problems = {}
    if held_on > today:
        problems["held_on"] = [_("That day hasn't come yet.")]
    elif held_on < version.begun_on:
        problems["held_on"] = [_("This version was begun after that day.")]
    if not topics.strip():
        problems["topics"] = [_("Say what was gone through.")]
    if staff < 1:
        problems["staff"] = [_("Say how many people work there.")]
    elif attended > staff:
        problems["others"] = [_("More were there than work there. Check both numbers.")]
    if attended < 1:
        problems["others"] = [_("Say how many were there.")]
    if problems:
        raise ValidationError(problems)
