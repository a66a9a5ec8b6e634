"""From one state to another: the steps that all verbs share. Each ends the links that ask about what was before."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from shelterbelt.contacts import rules
from shelterbelt.contacts.models import Asking, Contact
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.orgs.models import Org

Status = Contact.Status
LONGEST_REASON = 200


def locked(contact: Contact) -> Contact:
    """The contact as it is now that nobody else changes it."""
    return Contact.objects.select_for_update(of=("self",)).select_related("org").get(pk=contact.pk)


def hold_chain(org: Org) -> None:
    """Let nobody else number this chain meanwhile."""
    one_at_a_time([f"call chain of {org.pk}"])


def become(contact: Contact, status: str, **facts: Any) -> None:
    """Go to a state, if the way there exists."""
    if not rules.may_become(contact.status, status):
        raise PermissionDenied(_("This contact was taken out of the chain."))
    for name, value in (facts | {"status": status}).items():
        setattr(contact, name, value)
    contact.save(update_fields=["status", *facts])


def verified(contact: Contact, how: str, at: datetime) -> None:
    """Somebody said yes, or answered."""
    become(
        contact, Status.CONFIRMED, verified_at=at, verified_how=how, asked_at=None, times_asked=0,
        bounced_at=None, bounced_because="", dead_channels=[],
    )  # fmt: skip
    end_askings(contact, at)


def to_be_asked(contact: Contact) -> None:
    """As if nobody had ever been asked: an address changed, or it is to be asked anew."""
    become(
        contact, Status.UNCONFIRMED, verified_at=None, verified_how="", asked_at=None, times_asked=0,
        bounced_at=None, bounced_because="", dead_channels=[],
    )  # fmt: skip


def bounced(contact: Contact, *, channel: str, because: str, at: datetime) -> None:
    """One of its addresses is dead, beside those that were; an empty channel: all are."""
    dead = sorted({*contact.dead_channels, channel} if channel else contact.addresses)
    become(
        contact, Status.BOUNCED, dead_channels=dead, bounced_because=because[:LONGEST_REASON], bounced_at=at,
        verified_at=None, verified_how="",
    )  # fmt: skip
    end_askings(contact, at)


def retired(contact: Contact, *, because: str, at: datetime) -> None:
    """Out of the chain, and forgotten by address."""
    become(
        contact, Status.RETIRED, retired_because=because[:LONGEST_REASON], voice="", sms="", email="", person=None
    )  # fmt: skip
    end_askings(contact, at)


def end_askings(contact: Contact, at: datetime, *, but: Asking | None = None) -> None:
    """Links that still wait for an answer get none any more."""
    waiting = Asking.objects.filter(contact=contact, answer="")
    if but is not None:
        waiting = waiting.exclude(pk=but.pk)
    waiting.update(answer=Asking.Answer.OVER, answered_at=at)
