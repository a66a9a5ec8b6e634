"""Remind organisations of an output they lack."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.attestations import queries, rules
from shelterbelt.attestations.models import Reminder
from shelterbelt.attestations.policy import may_remind, may_remind_of
from shelterbelt.core.jobs import enqueue
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output


class Reminded(NamedTuple):
    """Who is mailed, and who was left out because they were reminded days ago."""

    reminders: list[Reminder]
    spared: list[Org]


@transaction.atomic
def remind(*, orgs: Collection[Org], output: Output, year: SchoolYear, by: Standing, at: datetime) -> Reminded:
    """Ask organisations to report on an output. Each is mailed once a week at most; the worker does the mailing."""
    if not orgs:
        raise PermissionDenied(_("Choose at least one school or district."))
    for org in orgs:
        require(may_remind(by, org))
        require(may_remind_of(org, output, year, on=timezone.localdate(at)))
    one_at_a_time(f"remind {org.pk} {output.id}" for org in orgs)
    recent = queries.last_reminded(orgs, output.id, at)
    spared = [org for org in orgs if org.pk in recent]
    if len(spared) == len(orgs):
        raise PermissionDenied(_refusal(spared))
    reminders = Reminder.objects.bulk_create(
        Reminder(org=org, output=output.id, year=year.starts, sent_by=by.person, asked_at=at)
        for org in orgs
        if org.pk not in recent
    )
    enqueue("attestations.mail_reminders", lock="attestations.mail_reminders")
    return Reminded(reminders, spared)


def _refusal(spared: list[Org]) -> str:
    return ngettext(
        "%(org)s was reminded of this in the last %(days)s days. Wait before you remind again.",
        "All %(number)s were reminded of this in the last %(days)s days. Wait before you remind again.",
        len(spared),
    ) % {"org": spared[0], "number": len(spared), "days": rules.DAYS_BETWEEN_REMINDERS}
