"""In which browsers somebody at the desk is notified."""

import json
from collections.abc import Iterator

from shelterbelt.people.models import Person
from shelterbelt.tips.models import Browser


def addresses_of(person: Person) -> Iterator[tuple[str, str]]:
    """Channel and address of each, as the delivery room takes them."""
    for told in Browser.objects.filter(person=person).order_by("added_at").values_list("address", flat=True):
        yield "push", json.dumps(told, sort_keys=True)
