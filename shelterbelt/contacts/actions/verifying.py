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
