"""Ask contacts whether they are to be called: when they are new or changed, and when their yes is too old.

The token in the link is 256 random bits; of it a digest is kept here, as is of invitations.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings as site
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.contacts import rules
from shelterbelt.contacts.actions import moving
from shelterbelt.contacts.defaults import settings
from shelterbelt.contacts.letters import confirm_words
from shelterbelt.contacts.models import Asking, Contact
from shelterbelt.contacts.policy import may_change
from shelterbelt.core.jobs import enqueue
from shelterbelt.delivery.actions import To, send_message

CONFIRM = "contacts.confirm"
"""The purpose of these messages."""
_TOKEN_BYTES = 32
_CHANNELS = ("email", "sms")
"""By which a link can be sent, the better one first."""


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def ask_again(*, contact: Contact, by: Standing) -> None:
    """Begin anew with asking somebody. What was asked before can still be answered."""
    mine = moving.locked(contact)
    require(may_change(by, mine))
    if mine.status == Contact.Status.BOUNCED:  # whoever asks again says that the address is good after all
        moving.to_be_asked(mine)
    mine.asked_at, mine.times_asked = None, 0
    mine.save(update_fields=["asked_at", "times_asked"])
    enqueue("contacts.ask", contact=mine.pk)


def due(at: datetime) -> QuerySet[Contact]:
    """Those who are to be asked or reminded now. For the system's eyes."""
    told = settings()
    later = [Q(times_asked__lte=n, asked_at__lte=at - _days(n)) for n in range(1, len(told.ask_on_days))]
    wanted = reduce(or_, later, Q(asked_at=None))
    today = timezone.localdate(at)
    closed = Q(org__closed_on__isnull=False, org__closed_on__lte=today)
    return Contact.objects.to_ask(at - told.verified_for).filter(wanted).exclude(closed).order_by("pk")


@transaction.atomic
def ask_due(*, at: datetime) -> int:
    """Ask a batch of those who are due; how many. Rows that somebody else is asking are left to them."""
    batch = due(at).select_for_update(of=("self",), skip_locked=True).select_related("org")
    contacts = list(batch[: settings().asked_in_one_go])
    for contact in contacts:
        _ask(contact, at)
    return len(contacts)


@transaction.atomic
def ask(*, contact_id: int, at: datetime) -> None:
    """Ask one contact, if that is due. Run twice, it asks once."""
    contact = due(at).select_for_update(of=("self",)).select_related("org").filter(pk=contact_id).first()
    if contact is not None:
        _ask(contact, at)


def _ask(contact: Contact, at: datetime) -> None:
    number = rules.asking_due(contact.asked_at, contact.times_asked, at, settings())
    if number is None:
        return
    contact.asked_at = contact.asked_at or at
    contact.times_asked = number + 1
    contact.save(update_fields=["asked_at", "times_asked"])
    channel = next((name for name in _CHANNELS if name in contact.addresses), None)
    if channel is not None:  # a number to call can't be sent a link: the desk's test call confirms it
        _send(contact, channel, number, at)


def _send(contact: Contact, channel: str, number: int, at: datetime) -> None:
    asking = Asking.objects.create(
        contact=contact, org=contact.org, number=number, channel=channel, asked_at=at,
        expires_at=at + settings().link_works,
    )  # fmt: skip
    address = contact.addresses[channel]
    to = To(ref=str(asking.pk), name=contact.name, addresses=((channel, address),), language=contact.language)
    send_message(
        purpose=CONFIRM,
        key=str(asking.pk),
        org=contact.org,
        words=confirm_words(contact, asking),
        to=[to],
        at=at,
        link=site.SITE + reverse("contacts:confirm"),
    )


@transaction.atomic
def new_link(*, asking_id: int) -> str:
    """The address for the letter about to be sent, with a token that lies nowhere. One made before stops working."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    Asking.objects.filter(pk=asking_id).update(token_hash=digest(token))
    return str(site.SITE) + reverse("contacts:link", args=[token])


def _days(number: int) -> timedelta:
    return timedelta(days=settings().ask_on_days[number])
