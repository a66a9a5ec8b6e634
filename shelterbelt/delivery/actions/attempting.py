"""The worker's verbs: take what is due, write down that it begins, write down what came of it.

Each is a transaction of its own. Between begin() and end() the network is asked; whoever dies there leaves an attempt
that is begun and has no outcome, which lapse() calls uncertain.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
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
    """Write down that it leaves now. False: it was taken back, or somebody else has it.

    Raises IntegrityError where something that left for this address may have arrived: see stop().
    """
    mine = Attempt.objects.filter(pk=attempt.pk, holder=holder, begun_at=None, outcome="")
    return bool(mine.update(begun_at=at, next_at=at + pace.BEGUN))


def stop(attempt: Attempt, *, holder: uuid.UUID, at: datetime) -> None:
    """Leave an address alone at which another attempt was begun."""
    end(attempt, Result("gone", _("Something that left for this address may have arrived.")), at=at, holder=holder)


@transaction.atomic
def end(attempt: Attempt, result: Result, *, at: datetime, holder: uuid.UUID) -> None:
    """Write down what came of it, and what follows. Nothing, if it isn't this holder's any more.

    Whoever was so slow that it counts as uncertain by now still knows better.
    """
    recipient = Recipient.objects.select_for_update(of=("self",)).select_related("message").get(pk=attempt.recipient_id)
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.holder == holder and locked.outcome in {"", Outcome.UNCERTAIN}:
        conclude(locked, recipient, result, at)


def conclude(attempt: Attempt, recipient: Recipient, result: Result, at: datetime) -> None:
    """The same for an attempt and its recipient, both locked."""
    if result.kind == "busy":
        _put_off(attempt, at + _pause(result))
        return
    attempt.outcome = Outcome.SKIPPED if result.kind == "gone" else result.kind
    attempt.ended_at, attempt.reason = at, result.reason[:LONGEST_REASON]
    attempt.reply = pace.trimmed(result.reply, LONGEST_REPLY)
    attempt.save(update_fields=["outcome", "ended_at", "reason", "reply"])
    attempt.recipient, attempt.message = recipient, recipient.message
    again = attempt.outcome == Outcome.FAILED and _try_again(attempt, at)
    tell_of_attempt(attempt, at)
    # Nobody answering a call is reason enough to try the next way, though it is called again later.
    settle(recipient, attempt, at, for_good=not again or attempt.channel in BY_PEOPLE)


def _put_off(attempt: Attempt, until: datetime) -> None:
    """Not used up: as if it had not been begun, which the provider's answer makes sure of."""
    attempt.begun_at, attempt.holder, attempt.next_at = None, None, until
    attempt.outcome, attempt.ended_at, attempt.reason = "", None, ""
    attempt.save(update_fields=["begun_at", "holder", "next_at", "outcome", "ended_at", "reason"])


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
