"""Reminds owners of what is due soon or overdue; where no owner signs in, those who keep the register."""

from datetime import date, datetime

from django.conf import settings as site
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from shelterbelt.delivery.actions import To, send_message
from shelterbelt.improvements.letters import reminder_words
from shelterbelt.improvements.models import CorrectiveAction
from shelterbelt.improvements.queries import keepers_of
from shelterbelt.improvements.rules.reminders import AGAIN, BEFORE

PURPOSE = "improvements.reminder"
_BATCH = 100


def due(today: date) -> QuerySet[CorrectiveAction]:
    """Those of which somebody is to be reminded today: rules.reminder_is_due, asked of the database."""
    not_since_it_was_near = Q(reminded_on=None) | Q(reminded_on__lt=F("due_on") - BEFORE)
    not_since_it_is_late = Q(due_on__lt=today) & (Q(reminded_on__lte=F("due_on")) | Q(reminded_on__lte=today - AGAIN))
    rows = CorrectiveAction.objects.open().filter(due_on__lte=today + BEFORE)
    return rows.filter(not_since_it_was_near | not_since_it_is_late).order_by("pk")


@transaction.atomic
def remind_due(*, at: datetime) -> int:
    """Remind a batch of those who are due; how many. For the system's eyes."""
    today = timezone.localdate(at)
    rows = due(today).select_for_update(of=("self",), skip_locked=True).select_related("org", "owner")[:_BATCH]
    found = list(rows)
    for action in found:
        _remind(action, at, today)
    return len(found)


def _remind(action: CorrectiveAction, at: datetime, today: date) -> None:
    to = [action.owner] if action.owner and action.owner.is_active else list(keepers_of(action.org, today))
    people = [each for each in to if each.email]
    if people:
        send_message(
            purpose=PURPOSE,
            key=f"{action.pk}:{today}",
            org=action.org,
            about=action.pk,
            words=reminder_words(action, overdue=action.due_on < today),
            to=[To(ref=str(each.pk), name=each.name, addresses=(("email", str(each.email)),), language=each.language)
                for each in people],
            at=at,
            link=site.SITE + reverse("improvements:action", args=[action.pk]),
        )  # fmt: skip
    action.reminded_on = today
    action.save(update_fields=["reminded_on"])
