"""What time brings: attempts that never ended, addresses and steps whose time is over, rooms that are still to be told.

Rows are taken with skip locked, a few at a time, so that several hosts can do this at once.
"""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shelterbelt.delivery.actions.attempting import conclude
from shelterbelt.delivery.actions.moving import escalate, move, open_address, open_step, tell
from shelterbelt.delivery.models import Attempt, Message, Recipient
from shelterbelt.delivery.rules.results import Result

AT_A_TIME = 200
Status = Recipient.Status
INTERRUPTED = "Sending was interrupted; it may have arrived or not."
NO_TIME = "There was no time left to send it."


def go_on(at: datetime) -> None:
    """Do all of it once."""
    lapse(at)
    give_up(at)
    next_ways(at)
    next_steps(at)
    tell_again(at)


def lapse(at: datetime) -> None:
    """What was begun and has no outcome in time may have arrived: it is uncertain, and the next way is taken."""
    over = Attempt.objects.filter(outcome="", begun_at__isnull=False, next_at__lte=at)
    for number in _some(over):
        _conclude(over, number, lambda _attempt: Result("uncertain", INTERRUPTED), at)


def give_up(at: datetime) -> None:
    """What could not begin before the message's end is not sent any more."""
    late = Attempt.objects.filter(outcome="", begun_at=None, next_at__lte=at, message__ends_at__lte=at)
    for number in _some(late):
        _conclude(late, number, lambda attempt: Result("failed", _last_reason(attempt) or NO_TIME), at)


def _some(attempts: QuerySet[Attempt]) -> list[tuple[uuid.UUID, int]]:
    return list(attempts.order_by("next_at").values_list("pk", "recipient_id")[:AT_A_TIME])


@transaction.atomic
def _conclude(
    attempts: QuerySet[Attempt], number: tuple[uuid.UUID, int], judge: Callable[[Attempt], Result], at: datetime
) -> None:
    """End one of these attempts, if it is one of them still when its recipient and it are locked."""
    recipient = Recipient.objects.select_for_update(of=("self",)).select_related("message").get(pk=number[1])
    found = attempts.select_for_update(of=("self",)).filter(pk=number[0]).first()
    if found is not None:
        conclude(found, recipient, judge(found), at)


def _last_reason(attempt: Attempt) -> str:
    """Why it has not gone so far, which says more than that time is over."""
    earlier = Attempt.objects.filter(recipient=attempt.recipient_id, outcome__in=["failed", "refused"])
    last = earlier.exclude(reason="").order_by("-ended_at").first()
    return last.reason if last else ""


@transaction.atomic
def next_ways(at: datetime) -> None:
    """Whoever isn't reached at their address in time is tried at the next one as well; or else the next step is."""
    slow = Recipient.objects.filter(next_at__lte=at, status=Status.SENDING).select_related("message")
    for recipient in slow.select_for_update(skip_locked=True, of=("self",)).order_by("next_at")[:AT_A_TIME]:
        if recipient.message.cancelled_at or not open_address(recipient, at):
            recipient.next_at = None
            recipient.save(update_fields=["next_at"])
            move(recipient, Status.SENDING, _("Not reached so far; still being tried."), at)
            escalate(recipient, at)


@transaction.atomic
def next_steps(at: datetime) -> None:
    """Where nobody acknowledged in time, the next step is told."""
    due = Message.objects.filter(next_step_at__lte=at).order_by("next_step_at")
    for message in due.select_for_update(skip_locked=True)[:AT_A_TIME]:
        open_step(message, at)


@transaction.atomic
def tell_again(at: datetime) -> None:
    """Rooms that could not take an outcome are told it again."""
    untold = Recipient.objects.filter(untold=True).select_related("message").order_by("pk")
    for recipient in untold.select_for_update(skip_locked=True, of=("self",))[:AT_A_TIME]:
        tell(recipient, at)
