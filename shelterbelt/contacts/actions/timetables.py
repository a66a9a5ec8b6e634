"""When school is in session: hours and breaks, of a school or of a district for all its schools."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.contacts.models import Break, SchoolHours
from shelterbelt.contacts.policy import may_keep_chain
from shelterbelt.orgs.models import Org

LONGEST_BREAK_DAYS = 120


@transaction.atomic
def set_school_hours(*, org: Org, opens_at: time, closes_at: time, by: Standing) -> None:
    """Enter when school begins and ends on a school day."""
    require(may_keep_chain(by, org))
    if closes_at <= opens_at:
        raise ValidationError({"closes_at": _("School ends before it begins. Check both times.")})
    SchoolHours.objects.update_or_create(org=org, defaults={"opens_at": opens_at, "closes_at": closes_at})


@transaction.atomic
def add_break(*, org: Org, name: str, first_on: date, last_on: date, by: Standing) -> None:
    """Enter days without school. Entered twice, it is one."""
    require(may_keep_chain(by, org))
    if last_on < first_on:
        raise ValidationError({"last_on": _("The last day comes before the first. Check both.")})
    if (last_on - first_on).days > LONGEST_BREAK_DAYS:
        raise ValidationError({"last_on": _("That is more than four months. Check the year.")})
    Break.objects.update_or_create(org=org, first_on=first_on, last_on=last_on, defaults={"name": name})


@transaction.atomic
def remove_break(*, org: Org, break_id: int, by: Standing) -> None:
    """School is held on those days after all."""
    require(may_keep_chain(by, org))
    Break.objects.filter(org=org, pk=break_id).delete()
