"""An address is dead: delivery says so, or somebody who tried it. The chain's keeper is told at once."""

from datetime import datetime

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.contacts.actions import moving
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.policy import may_mark_wrong
from shelterbelt.contacts.telling import tell_keeper


@transaction.atomic
def mark_wrong(*, contact: Contact, channel: str, because: str, by: Standing, at: datetime) -> None:
    """Somebody tried it and it was wrong; an empty channel: all of it."""
    mine = moving.locked(contact)
    require(may_mark_wrong(by, mine))
    moving.bounced(mine, channel=channel, because=because, at=at)
    tell_keeper(mine, name=mine.name, what="bounced", at=at)


@transaction.atomic
def mark_dead(*, channel: str, address: str, because: str, at: datetime) -> int:
    """A message to this address came back for good: everybody known by it can't be reached there. For the system."""
    known = Contact.objects.filter(**{channel: address}).in_use().exclude(dead_channels__contains=[channel])
    marked = 0
    for contact in known.select_for_update(of=("self",)).select_related("org").order_by("pk"):
        moving.bounced(contact, channel=channel, because=because, at=at)
        tell_keeper(contact, name=contact.name, what="bounced", at=at)
        marked += 1
    return marked
