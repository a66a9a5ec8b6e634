"""What somebody answers by the link in a message, without signing in."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from shelterbelt.access.scope import acting_as_system
from shelterbelt.contacts.actions import moving
from shelterbelt.contacts.actions.asking import digest
from shelterbelt.contacts.actions.keeping import close_ranks
from shelterbelt.contacts.models import Asking, Contact
from shelterbelt.contacts.telling import tell_keeper
from shelterbelt.core import clock


@sensitive_variables("token")
def asked_by(token: str) -> Asking | None:
    """The asking whose link this is; None for one that never was."""
    with acting_as_system("delivery", today=clock.today(), reason="open the link to confirm a contact"):
        return Asking.objects.select_related("contact__org").filter(token_hash=digest(token)).first()


@sensitive_variables("token")
@transaction.atomic
def answer(*, token: str, yes: bool, at: datetime) -> Asking:
    """Say yes, or ask to be removed. Said once; what is sent again changes nothing."""
    with acting_as_system("delivery", today=clock.today(), reason="answer by the link to confirm a contact"):
        found = _open(token, at)
        contact = found.contact
        found.answer = Asking.Answer.YES if yes else Asking.Answer.REMOVE
        found.answered_at = at
        found.save(update_fields=["answer", "answered_at"])
        if yes:
            moving.verified(contact, Contact.How.LINK, at)
        else:
            _removed(contact, at)
        return found


def _open(token: str, at: datetime) -> Asking:
    found = Asking.objects.filter(token_hash=digest(token)).first()
    if found is not None:
        found.contact = moving.locked(found.contact)
        found.refresh_from_db(fields=["answer", "expires_at"])
    if found is None or found.answer or found.expires_at <= at or found.contact.status == Contact.Status.RETIRED:
        raise PermissionDenied(_("This link no longer works."))
    return found


def _removed(contact: Contact, at: datetime) -> None:
    moving.hold_chain(contact.org)
    name = contact.name
    moving.retired(contact, because=_("Asked to be removed, by the link in a message."), at=at)
    close_ranks(contact.org)
    tell_keeper(contact, name=name, what="removed", at=at)
