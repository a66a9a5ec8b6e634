"""Keep a chain: add, change, reorder, take out."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.contacts.actions import moving
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.policy import may_change, may_keep_chain, may_retire
from shelterbelt.contacts.rules import chains
from shelterbelt.core.jobs import enqueue
from shelterbelt.orgs.models import Org

ADDRESSES = ("voice", "sms", "email")
MOST_IN_A_CHAIN = 30
"""More than this nobody calls through."""


@transaction.atomic
def add_contact(*, org: Org, by: Standing, at: datetime, **facts: Any) -> Contact:
    """Put somebody at the end of a chain, and ask them whether they are to be called."""
    require(may_keep_chain(by, org))
    _check_reachable(facts)
    moving.hold_chain(org)
    last = Contact.objects.filter(org=org).in_use().aggregate(last=Max("place"))["last"] or 0
    if last >= MOST_IN_A_CHAIN:
        raise ValidationError(_("This chain is full: thirty contacts are more than anybody calls. Take one out first."))
    added = Contact.objects.create(org=org, place=last + 1, added_at=at, added_by=by.person, **facts)
    enqueue("contacts.ask", contact=added.pk)
    return added


@transaction.atomic
def change_contact(*, contact: Contact, by: Standing, at: datetime, **facts: Any) -> Contact:
    """Change what is known of a contact. With a changed address, or another person there, its yes is asked for anew."""
    mine = moving.locked(contact)
    require(may_change(by, mine))
    _check_reachable(facts)
    anew = any(getattr(mine, name) != facts[name] for name in (*ADDRESSES, "name") if name in facts)
    for name, value in facts.items():
        setattr(mine, name, value)
    mine.save(update_fields=list(facts))
    if anew:
        moving.end_askings(mine, at)
        moving.to_be_asked(mine)
        enqueue("contacts.ask", contact=mine.pk)
    return mine


@transaction.atomic
def move_contact(*, contact: Contact, up: bool, by: Standing) -> None:
    """One place up or down; at the end it stays."""
    require(may_change(by, contact))
    moving.hold_chain(contact.org)
    order = list(Contact.objects.filter(org=contact.org).in_use().in_order())
    keys = [each.pk for each in order]
    if contact.pk not in keys:  # taken out meanwhile
        return
    _number(order, chains.renumbered(keys, contact.pk, up=up))


@transaction.atomic
def retire_contact(*, contact: Contact, because: str, by: Standing, at: datetime) -> None:
    """Take somebody out of a chain. Their addresses are forgotten."""
    moving.hold_chain(contact.org)
    mine = moving.locked(contact)
    require(may_retire(by, mine))
    moving.retired(mine, because=because, at=at)
    close_ranks(mine.org)


def close_ranks(org: Org) -> None:
    """First, second and so on again, without a gap."""
    order = list(Contact.objects.filter(org=org).in_use().in_order())
    _number(order, [each.pk for each in order])


def _number(contacts: list[Contact], keys: list[int]) -> None:
    places = {key: place for place, key in enumerate(keys, start=1)}
    changed = [each for each in contacts if each.place != places[each.pk]]
    for each in changed:
        each.place = places[each.pk]
    Contact.objects.bulk_update(changed, ["place"])


def _check_reachable(facts: dict[str, Any]) -> None:
    if not any(facts.get(name) for name in ADDRESSES):
        raise ValidationError({"voice": _("Give at least one: a number to call, a number for texts, or an address.")})
