"""The worker's verbs: take what is due, write down that it begins, write down what came of it.

Each is a transaction of its own. Between begin() and end() the network is asked; whoever dies there leaves an attempt
that is begun and has no outcome, which lapse() calls uncertain.
"""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shelterbelt.core import log_lines
from shelterbelt.delivery import hooks
from shelterbelt.delivery.actions.moving import settle
from shelterbelt.delivery.channels import BY_PEOPLE
from shelterbelt.delivery.models import LONGEST_REASON, LONGEST_REPLY, Attempt, Pause, Recipient
from shelterbelt.delivery.rules import pace
from shelterbelt.delivery.rules.results import Result

log = log_lines.logger("shelterbelt.delivery")
Outcome = Attempt.Outcome
PAUSE = timedelta(minutes=1)
"""Where a provider asks for a pause and doesn't say how long."""
LONGEST_PAUSE = timedelta(minutes=15)


@transaction.atomic
def claim(channel: str, *, holder: uuid.UUID, at: datetime, at_most: int, rank: int = 2) -> list[Attempt]:
    """Take attempts that are due on a channel; others leave them alone for a while."""
    if Pause.objects.filter(channel=channel, until__gt=at).exists():
        return []
    due = Attempt.objects.filter(
        outcome="", begun_at=None, channel=channel, rank__lte=rank, next_at__lte=at, message__ends_at__gt=at
    )
    chosen = list(
        due.select_for_update(skip_locked=True, of=("self",))
        .select_related("message", "recipient")
        .order_by("rank", "next_at")[:at_most]
    )
    Attempt.objects.filter(pk__in=[each.pk for each in chosen]).update(holder=holder, next_at=at + pace.HOLD)
    return chosen


def begin(attempt: Attempt, *, holder: uuid.UUID, at: datetime) -> bool:
    """Write down that it leaves now. False: it was taken back, somebody else has it, or it may have arrived already."""
    try:
        with transaction.atomic():
            mine = Attempt.objects.filter(pk=attempt.pk, holder=holder, begun_at=None, outcome="")
            return bool(mine.update(begun_at=at, next_at=at + pace.BEGUN))
    except IntegrityError:
        end(attempt, Result("gone", _("Something that left for this address may have arrived.")), at=at)
        return False


@transaction.atomic
def end(attempt: Attempt, result: Result, *, at: datetime) -> None:
    """Write down what came of it, and what follows."""
    recipient = Recipient.objects.select_for_update(of=("self",)).select_related("message").get(pk=attempt.recipient_id)
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.outcome not in {"", Outcome.UNCERTAIN}:
        return
    if result.kind == "busy":
        _put_off(locked, at + _pause(result))
        return
    locked.outcome = Outcome.SKIPPED if result.kind == "gone" else result.kind
    locked.ended_at, locked.holder = at, None
    locked.reason = result.reason[:LONGEST_REASON]
    locked.reply = pace.trimmed(result.reply, LONGEST_REPLY)
    locked.save(update_fields=["outcome", "ended_at", "holder", "reason", "reply"])
    locked.recipient, locked.message = recipient, recipient.message
    again = locked.outcome == Outcome.FAILED and _try_again(locked, at)
    tell_of_attempt(locked, at)
    # Nobody answering a call is reason enough to try the next way, though it is called again later.
    settle(recipient, at, for_good=not again or locked.channel in BY_PEOPLE, reason=locked.reason)


def _put_off(attempt: Attempt, until: datetime) -> None:
    """Not used up: as if it had not been begun, which the provider's answer makes sure of."""
    attempt.begun_at, attempt.holder, attempt.next_at = None, None, until
    attempt.save(update_fields=["begun_at", "holder", "next_at"])


def _try_again(attempt: Attempt, at: datetime) -> bool:
    """Write down the next try at the same address; whether there is one."""
    again = pace.next_try(number=attempt.number, at=at, ends_at=attempt.message.ends_at)
    if again is None or attempt.message.cancelled_at:
        return False
    Attempt.objects.create(
        message=attempt.message,
        recipient=attempt.recipient,
        channel=attempt.channel,
        address=attempt.address,
        number=attempt.number + 1,
        rank=attempt.rank,
        made_at=at,
        next_at=again,
    )
    return True


def tell_of_attempt(attempt: Attempt, at: datetime) -> None:
    """Tell the rooms that keep addresses."""
    for function in hooks.ATTEMPTED:
        try:
            with transaction.atomic():
                function(hooks.Ended(attempt, at))
        except Exception:  # what was sent was sent, whatever another room makes of it
            log.exception("attempt not taken", purpose=attempt.message.purpose)


@transaction.atomic
def release(attempts: list[Attempt], *, holder: uuid.UUID, at: datetime) -> None:
    """Give back what was taken and not begun."""
    mine = Attempt.objects.filter(pk__in=[each.pk for each in attempts], holder=holder, begun_at=None, outcome="")
    mine.update(holder=None, next_at=at)


@transaction.atomic
def pause(channel: str, result: Result, *, at: datetime) -> None:
    """Leave a channel alone for as long as its provider asked."""
    Pause.objects.update_or_create(
        channel=channel, defaults={"until": at + _pause(result), "reason": result.reason[:LONGEST_REASON]}
    )


def _pause(result: Result) -> timedelta:
    return min(result.pause or PAUSE, LONGEST_PAUSE)
