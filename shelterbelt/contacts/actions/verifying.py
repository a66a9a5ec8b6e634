"""A yes by other ways than a link: by oneself, signed in, and by a call that somebody answered."""

from datetime import datetime

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.contacts.actions import moving
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.policy import may_confirm, may_note_call


@transaction.atomic
def confirm_own(*, contact: Contact, by: Standing, at: datetime) -> None:
    """Somebody signed in says yes for themselves."""
    mine = moving.locked(contact)
    require(may_confirm(by, mine))
    moving.verified(mine, Contact.How.SIGN_IN, at)


@transaction.atomic
def note_call(*, contact: Contact, result: str, by: Standing, at: datetime) -> None:
    """What came of a call. That somebody answered is a yes; voicemail and silence leave the state as it was."""
    mine = moving.locked(contact)
    require(may_note_call(by, mine))
    mine.called_at, mine.called_result = at, Contact.Called(result)
    mine.save(update_fields=["called_at", "called_result"])
    if result == Contact.Called.ANSWERED:
        moving.verified(mine, Contact.How.CALL, at)


@transaction.atomic
def note_answered(*, number: str, at: datetime) -> None:
    """Somebody answered a call about a tip: whoever is known by that number is. For the system; safe to repeat."""
    known = Contact.objects.filter(voice=number).in_use().exclude(called_at__gte=at)
    for contact in known.select_for_update(of=("self",)).order_by("pk"):
        contact.called_at, contact.called_result = at, Contact.Called.ANSWERED
        contact.save(update_fields=["called_at", "called_result"])
        moving.verified(contact, Contact.How.CALL, at)
