"""How recipients move from one state to the next, and who is told. The only place that sets a recipient's state.

Locks are taken in one order: recipient, their attempts, message.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shelterbelt.core import log_lines
from shelterbelt.delivery.hooks import OUTCOMES, Change
from shelterbelt.delivery.models import LONGEST_REASON, Attempt, Message, Recipient
from shelterbelt.delivery.rules import pace

log = log_lines.logger("shelterbelt.delivery")
Status = Recipient.Status
Outcome = Attempt.Outcome
NO_ADDRESS = "There is no address to reach them at."
AT_A_TIME = 500

_ATTEMPTS_OF_STEP = """
    insert into delivery_attempt (id, message_id, recipient_id, channel, address, number, rank, made_at, next_at,
                                  outcome, reason, reply)
    select gen_random_uuid(), r.message_id, r.id, pair.pair ->> 0, pair.pair ->> 1, 1, %(rank)s, %(at)s, %(at)s,
           '', '', ''
    from delivery_recipient r cross join lateral jsonb_array_elements(r.addresses) with ordinality as pair (pair, place)
    where r.message_id = %(message)s and r.step = %(step)s and r.status = %(status)s
      and (%(at_once)s or pair.place = 1)
"""
_RECIPIENTS_OF_STEP = """
    update delivery_recipient r
    set status = 'sending', next_at = %(patience)s,
        place = case when %(at_once)s then jsonb_array_length(r.addresses) else 1 end
    where r.message_id = %(message)s and r.step = %(step)s and r.status = 'waiting'
      and jsonb_array_length(r.addresses) > 0
"""


_MOVED = [
    "status", "reason", "untold", "sent_at", "next_at", "acknowledged_at", "acknowledged_by", "acknowledged_how"
]  # fmt: skip


def move(recipient: Recipient, status: str, reason: str, at: datetime) -> None:
    """Give a recipient a state and tell the room that sends. The same state for the same reason is no news."""
    if (recipient.status, recipient.reason) == (status, reason):
        return
    recipient.status, recipient.reason = status, reason[:LONGEST_REASON]
    recipient.untold = recipient.message.purpose in OUTCOMES
    if status == Status.SENT and recipient.sent_at is None:
        recipient.sent_at = at
    if status not in {Status.WAITING, Status.SENDING}:
        recipient.next_at = None
    recipient.save(update_fields=_MOVED)
    tell(recipient, at)


def tell(recipient: Recipient, at: datetime) -> None:
    """Tell the room that sends. If it can't take it, that is undone, and it is told again by and by."""
    if not recipient.untold:
        return
    try:
        with transaction.atomic():
            for function in OUTCOMES.get(recipient.message.purpose, ()):
                function(Change(recipient, at))
            recipient.untold = False
            recipient.save(update_fields=["untold"])
    except Exception:  # what was sent was sent, whatever another room makes of it
        recipient.untold = True
        log.exception("outcome not taken", purpose=recipient.message.purpose)


def open_step(message: Message, at: datetime) -> None:
    """Begin the next step that has recipients, if anybody is still to be told."""
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.cancelled_at or locked.acknowledged_at:
        return
    steps = Recipient.objects.filter(message=locked, step__gt=locked.step).order_by("step")
    ahead = list(steps.values_list("step", flat=True).distinct()[:2])
    _note_step(locked, ahead, at)
    message.step, message.next_step_at = locked.step, locked.next_step_at
    if ahead:
        _begin_step(locked, at, has_later=len(ahead) > 1)


def open_all(message: Message, at: datetime) -> None:
    """Begin the only step of a message whose recipients are written as being tried already, at every address."""
    message.step = 1
    message.save(update_fields=["step"])
    with connection.cursor() as cursor:
        cursor.execute(_ATTEMPTS_OF_STEP, _words(message, at) | {"status": Status.SENDING})


def _note_step(message: Message, ahead: list[int], at: datetime) -> None:
    has_later = len(ahead) > 1
    wait = timedelta(seconds=message.wait_seconds) if message.wait_seconds is not None and has_later else None
    message.step = ahead[0] if ahead else message.step
    message.next_step_at = at + wait if wait is not None else None
    message.save(update_fields=["step", "next_step_at"])


def _begin_step(message: Message, at: datetime, *, has_later: bool) -> None:
    """Set by set, however many they are. Where all is tried at once and no step follows, nothing is waited for."""
    is_last_way = message.at_once and not has_later
    patience = None if is_last_way else pace.patience_ends(message.urgency, at)
    words = _words(message, at) | {"status": Status.WAITING, "patience": patience}
    with connection.cursor() as cursor:
        cursor.execute(_ATTEMPTS_OF_STEP, words)
        cursor.execute(_RECIPIENTS_OF_STEP, words)
    without = Recipient.objects.select_related("message").filter(
        message=message, step=message.step, status=Status.WAITING
    )
    for recipient in without:
        move(recipient, Status.FAILED, NO_ADDRESS, at)
    if any(recipient.is_primary for recipient in without):
        open_step(message, at)


def _words(message: Message, at: datetime) -> dict[str, Any]:
    return {
        "message": message.pk,
        "step": message.step,
        "at": at,
        "at_once": message.at_once,
        "rank": pace.PACES[message.urgency].rank,
    }


def open_address(recipient: Recipient, at: datetime) -> bool:
    """Begin the recipient's next address; whether there was one."""
    if recipient.place >= len(recipient.addresses):
        return False
    channel, address = recipient.addresses[recipient.place]
    message = recipient.message
    Attempt.objects.create(
        message=message,
        recipient=recipient,
        channel=channel,
        address=address,
        rank=pace.PACES[message.urgency].rank,
        made_at=at,
        next_at=at,
    )
    recipient.place += 1
    recipient.next_at = pace.patience_ends(message.urgency, at)
    recipient.save(update_fields=["place", "next_at"])
    return True


def settle(recipient: Recipient, attempt: Attempt, at: datetime, *, for_good: bool) -> None:
    """Draw the conclusion from an attempt that ended. `for_good`: nothing more is tried at that address."""
    if recipient.status in {Status.ACKNOWLEDGED, Status.SPARED}:
        return
    if attempt.outcome == Outcome.SENT:
        _reached(recipient, attempt, at)
        return
    outcomes = set(recipient.attempts.values_list("outcome", flat=True))
    if Outcome.SENT in outcomes:
        return
    if (for_good and _may_go_on(recipient) and open_address(recipient, at)) or "" in outcomes:
        move(recipient, Status.SENDING, attempt.reason, at)
    else:
        move(recipient, Status.UNCERTAIN if Outcome.UNCERTAIN in outcomes else Status.FAILED, attempt.reason, at)
        escalate(recipient, at)


def _may_go_on(recipient: Recipient) -> bool:
    return recipient.message.cancelled_at is None


def _reached(recipient: Recipient, attempt: Attempt, at: datetime) -> None:
    has_others = recipient.place > 1 or attempt.number > 1
    if has_others and not recipient.message.at_once:
        skip(recipient.attempts.all(), at, _("They were reached in another way."))
    move(recipient, Status.SENT, "", at)


def escalate(recipient: Recipient, at: datetime) -> None:
    """Begin the next step because this one can't reach somebody who must be reached."""
    if recipient.is_primary and recipient.step == recipient.message.step:
        open_step(recipient.message, at)


def skip(attempts: "QuerySet[Attempt]", at: datetime, reason: str) -> None:
    """Take back what hasn't begun."""
    attempts.filter(outcome="", begun_at=None).update(outcome=Outcome.SKIPPED, ended_at=at, reason=reason)


def spare(recipients: QuerySet[Recipient], at: datetime, reason: str) -> None:
    """They are not needed any more: what has begun is finished, nothing else is."""
    for recipient in recipients.select_related("message").select_for_update(of=("self",)).order_by("pk"):
        skip(recipient.attempts.all(), at, reason)
        if recipient.status == Status.WAITING or not recipient.attempts.filter(outcome="").exists():
            move(recipient, Status.SPARED, reason, at)


def spare_all(message: Message, at: datetime, reason: str) -> None:
    """The same for all who are still open, however many: first nothing goes out any more, then it is written down."""
    skip(message.attempts.all(), at, reason)
    still = message.recipients.filter(status__in=[Status.WAITING, Status.SENDING])
    if message.purpose in OUTCOMES:
        spare(still, at, reason)
        return
    ended = still.exclude(attempts__outcome="").order_by("pk")
    numbers = list(ended.values_list("pk", flat=True))
    for place in range(0, len(numbers), AT_A_TIME):
        some = Recipient.objects.filter(pk__in=numbers[place : place + AT_A_TIME])
        some.update(status=Status.SPARED, reason=reason[:LONGEST_REASON], next_at=None)
