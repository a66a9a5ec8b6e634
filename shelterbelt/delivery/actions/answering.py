"""What people and mail servers answer: an acknowledgement, the result of a call, a letter that comes back."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.scope import acting_as_system, current_scope
from shelterbelt.access.standing import Standing
from shelterbelt.delivery import policy
from shelterbelt.delivery.actions.attempting import conclude, tell_of_attempt
from shelterbelt.delivery.actions.moving import move, settle, skip, spare, spare_all
from shelterbelt.delivery.models import LONGEST_REASON, LONGEST_REPLY, Attempt, Message, Recipient
from shelterbelt.delivery.rules import pace
from shelterbelt.delivery.rules.results import Result
from shelterbelt.people.models import Person

Status = Recipient.Status


@transaction.atomic
def acknowledge(recipient: Recipient, *, by: Person | None, at: datetime, how: str) -> None:
    """Somebody has answered for it: later steps are not told, and the recipient isn't tried any more.

    `how` is a word for the record: page, call, code. Who may acknowledge is for the room that sends to say.
    """
    with acting_as_system("delivery", today=current_scope().today, reason="acknowledge"):
        mine = Recipient.objects.select_for_update(of=("self",)).select_related("message").get(pk=recipient.pk)
        if mine.acknowledged_at is not None:
            return
        mine.acknowledged_at, mine.acknowledged_by, mine.acknowledged_how = at, by, how
        skip(mine.attempts.all(), at, _("They had acknowledged."))
        move(mine, Status.ACKNOWLEDGED, "", at)
        Message.objects.filter(pk=mine.message_id, acknowledged_at=None).update(acknowledged_at=at)
        Message.objects.filter(pk=mine.message_id).update(next_step_at=None)
        waiting = Recipient.objects.filter(message=mine.message_id, status=Status.WAITING)
        spare(waiting, at, _("Somebody before them had acknowledged."))
    recipient.refresh_from_db()


@transaction.atomic
def cancel(message: Message, *, at: datetime) -> None:
    """Stop: what has begun is finished, nothing else is sent, and no step follows."""
    with acting_as_system("delivery", today=current_scope().today, reason="cancel"):
        Message.objects.filter(pk=message.pk, cancelled_at=None).update(cancelled_at=at, next_step_at=None)
        spare_all(message, at, _("The message was called off."))


@transaction.atomic
def forget(about: uuid.UUID) -> None:
    """Remove all messages about a thing that is disposed of, with whom they were for. What is begun ends in nothing."""
    with acting_as_system("delivery", today=current_scope().today, reason="forget"):
        Message.objects.filter(about=about).delete()


@transaction.atomic
def record_call(attempt: Attempt, *, result: str, by: Standing, at: datetime) -> None:
    """Somebody has called: answered, voicemail, or no answer. Only a person who answered was reached."""
    require(policy.may_record_call(by, attempt))
    told = {
        "answered": Result("sent", _("They answered the phone.")),
        "voicemail": Result("failed", _("Nobody answered; a word was left on voicemail.")),
        "no_answer": Result("failed", _("Nobody answered the phone.")),
    }.get(result)
    if told is None:
        raise ValidationError(_("Say what the call came to: answered, voicemail or no answer."))
    with acting_as_system("delivery", today=by.today, reason="record a call"):
        recipient, mine = _locked(attempt)
        if mine.outcome == "":
            if told.kind == "sent":
                mine.begun_at = at
                mine.save(update_fields=["begun_at"])
            conclude(mine, recipient, told, at)


def _locked(attempt: Attempt) -> tuple[Recipient, Attempt]:
    recipient = Recipient.objects.select_for_update(of=("self",)).select_related("message").get(pk=attempt.recipient_id)
    return recipient, Attempt.objects.select_for_update().get(pk=attempt.pk)


@transaction.atomic
def record_bounce(message_id: str, *, at: datetime, reason: str = "", reply: str = "") -> bool:
    """A letter came back, as a report about its Message-ID says; whether it is one of ours.

    The recipient is tried at their next address, and rooms that keep addresses hear that this one is no good.
    """
    try:
        number = uuid.UUID(message_id.strip().strip("<>").partition("@")[0])
    except ValueError:
        return False
    with acting_as_system("delivery", today=at.date(), reason="record a bounce"):
        found = Attempt.objects.filter(pk=number, channel="email").first()
        if found is None:
            return False
        recipient, attempt = _locked(found)
        if attempt.begun_at is None or attempt.outcome not in {"", "sent", "uncertain"}:
            return True
        why = reason or _("It came back: their mail server couldn't deliver it.")
        attempt.outcome, attempt.ended_at, attempt.reason = "bounced", at, why[:LONGEST_REASON]
        attempt.reply = pace.trimmed(reply, LONGEST_REPLY)
        attempt.save(update_fields=["outcome", "ended_at", "reason", "reply"])
        attempt.recipient, attempt.message = recipient, recipient.message
        tell_of_attempt(attempt, at)
        settle(recipient, attempt, at, for_good=True)
    return True
