"""Keep what a plan lists: team, meetings, contacts, roles, places, and hazards of its own."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.plans.actions.locking import the_locked
from shelterbelt.plans.models import Hazard, IcsRole, Place, Plan, PlanContact, ReviewTask, TeamMeeting, TeamMember
from shelterbelt.plans.policy import may_attest, may_write
from shelterbelt.plans.rules.outline import OWN_PREFIX

Row = TeamMember | TeamMeeting | PlanContact | IcsRole | Place | Hazard
LISTS: dict[str, type[Row]] = {
    "team": TeamMember,
    "meetings": TeamMeeting,
    "contacts": PlanContact,
    "roles": IcsRole,
    "places": Place,
    "hazards": Hazard,
}
"""What a plan lists, by the word in its address."""
MOST = 500
"""Rows that one list may have."""
_KEYED = {"roles": "title", "hazards": "name"}
_NUMBERS = ("phone", "after_hours", "email", "name", "organization")


@transaction.atomic
def add_row(*, plan: Plan, to: str, by: Standing, **facts: Any) -> Row:
    """Put one more on a list of the plan."""
    held = hold(plan)
    require(may_write(by, held))
    rows = LISTS[to].objects.filter(plan=held)
    if rows.count() >= MOST:
        raise ValidationError(_("This list is full. Remove what is no longer needed first."))
    if to in _KEYED and "key" not in facts:
        facts["key"] = OWN_PREFIX + slugify(facts[_KEYED[to]])[:36]
    if to == "contacts":
        facts.setdefault("checked_on", by.today)
        facts.setdefault("checked_by", by.person)
    return _kept(LISTS[to](plan=held, org=held.org, **facts))


@transaction.atomic
def change_row(*, row: Row, by: Standing, at: datetime, **facts: Any) -> Row:
    """Change one of a list. A contact whose number is typed anew was looked up with that."""
    require(may_write(by, hold(row.plan)))
    if isinstance(row, PlanContact) and any(
        facts.get(name, getattr(row, name)) != getattr(row, name) for name in _NUMBERS
    ):
        facts |= {"checked_on": by.today, "checked_by": by.person}
    for name, value in facts.items():
        setattr(row, name, value)
    _kept(row)
    _close_when_all_checked(row, by, at)
    return row


@transaction.atomic
def remove_row(*, row: Row, by: Standing) -> None:
    """Take one off a list. Versions that were frozen with it keep it."""
    require(may_write(by, hold(row.plan)))
    if isinstance(row, Hazard) and row.is_planned_for:
        raise ValidationError(_("The plan has an annex for this hazard. Leave that annex out first, and say why."))
    row.delete()


@transaction.atomic
def check_contact(*, contact: PlanContact, by: Standing, at: datetime) -> None:
    """Say that a contact still holds: somebody called, and it was right."""
    require(may_attest(by, contact.plan))
    contact.checked_on, contact.checked_by = by.today, by.person
    contact.save(update_fields=["checked_on", "checked_by"])
    _close_when_all_checked(contact, by, at)


def hold(plan: Plan) -> Plan:
    """The plan, so that nobody freezes it before this transaction ends."""
    return the_locked(Plan.objects.select_related("org"), plan.pk)


def _kept(row: Row) -> Row:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError(_("The list has this already.")) from error
    return row


def _close_when_all_checked(row: Row, by: Standing, at: datetime) -> None:
    if not isinstance(row, PlanContact):
        return
    for task in row.plan.tasks.open().filter(kind=ReviewTask.Kind.CONTACTS):
        opened_on = task.opened_at.date()
        if not row.plan.contacts.exclude(checked_on__gte=opened_on).exists():
            task.outcome, task.done_by = ReviewTask.Outcome.DONE, by.person
            task.done_at = at
            task.save(update_fields=["outcome", "done_by", "done_at"])
