"""Bring in many contacts at once: those that are new are added, those known by name are changed."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.contacts.actions.keeping import add_contact, change_contact
from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.policy import may_import_chains
from shelterbelt.contacts.queries.importing import Placed
from shelterbelt.orgs.models import Org


@transaction.atomic
def load_contacts(*, org: Org, lines: Iterable[Placed], by: Standing, at: datetime) -> Counter[str]:
    """Add and change as the lines say, all or none; how many of each. Loaded twice, the second changes nothing."""
    require(may_import_chains(by, org))
    done: Counter[str] = Counter()
    for line in lines:
        done[_load(line, by, at)] += 1
    return done


def _load(line: Placed, by: Standing, at: datetime) -> str:
    known = Contact.objects.filter(org=line.org, name__iexact=line.facts["name"]).in_use().in_order().first()
    if known is None:
        add_contact(org=line.org, by=by, at=at, **line.facts)
        return "added"
    if all(getattr(known, name) == value for name, value in line.facts.items()):
        return "known"
    change_contact(contact=known, by=by, at=at, **line.facts)
    return "changed"
