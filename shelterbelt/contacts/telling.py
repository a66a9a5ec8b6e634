"""Tells whoever keeps a chain that it needs them: the next contact who said yes, else somebody in office."""

from datetime import datetime

from django.conf import settings as site
from django.urls import reverse
from django.utils import timezone

from shelterbelt.access.scope import acting_as_system
from shelterbelt.contacts.defaults import settings
from shelterbelt.contacts.letters import keeper_words
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.policy import KEEPERS
from shelterbelt.delivery.actions import To, send_message
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import district_of
from shelterbelt.people.models import Appointment, Person

KEEPER = "contacts.keeper"
"""The purpose of these messages."""


def tell_keeper(contact: Contact, *, name: str, what: str, at: datetime) -> None:
    """Tell them, once for each time; nobody where there is nobody. The gaps' list shows that chain too."""
    today = timezone.localdate(at)
    with acting_as_system("delivery", today=today, reason="find who keeps a call chain"):
        to = _whom(contact, at)  # the desk doesn't know everybody's address; whom it tells is none of its business
    if to is None:
        return
    link = str(site.SITE) + reverse("contacts:chain", args=[contact.org_id])
    send_message(
        purpose=KEEPER,
        key=f"{contact.pk} {what} {at.isoformat()}",
        org=contact.org,
        words=keeper_words(contact, name=name, what=what, link=link),
        to=[to],
        at=at,
    )


def _whom(contact: Contact, at: datetime) -> To | None:
    others = Contact.objects.filter(org=contact.org).confirmed(at - settings().verified_for).exclude(pk=contact.pk)
    for other in others.in_order():
        reached = tuple((name, other.addresses[name]) for name in ("email", "sms") if name in other.addresses)
        if reached:
            return To(ref=f"contact {other.pk}", name=other.name, addresses=reached, language=other.language)
    person = _in_office(contact.org, at)
    if person is None:
        return None
    address = (("email", str(person.email)),)
    return To(ref=f"person {person.pk}", name=person.name, addresses=address, language=person.language)


def _in_office(org: Org, at: datetime) -> Person | None:
    """The first, in the order of the offices: at a school the principal."""
    today = timezone.localdate(at)
    places = [place for place in (org, district_of(org, today) if org.kind == Org.Kind.SCHOOL else None) if place]
    held = Appointment.objects.current(today).filter(org__in=places, office__in=KEEPERS[org.kind])
    known = held.filter(person__is_active=True, person__email__isnull=False).select_related("person")
    order = KEEPERS[org.kind]
    found = sorted(known, key=lambda each: (order.index(each.office), each.pk))
    return found[0].person if found else None
