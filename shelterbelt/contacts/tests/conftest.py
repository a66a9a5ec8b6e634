"""A school in Boone County, its district, the police that serves it, a desk at the state; and who is called there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import Standing, standing_of
from shelterbelt.contacts.models import Contact
from shelterbelt.core import clock
from shelterbelt.demo import factories
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
"""Noon in Missouri, on a Tuesday: school is in session."""


@dataclass
class Boone:
    """Where it all takes place."""

    state: Org
    district: Org
    school: Org
    beside: Org
    """A school of the same district."""
    foreign: Org
    """A school of another district."""
    police: Org
    people: dict[str, Person] = field(default_factory=dict)

    def contact(self, org: Org | None = None, **more: Any) -> Contact:
        """Somebody in a chain, the school's unless said otherwise, reached by voice."""
        told = {"name": "Desk", "kind": "school_team", "place": 1, "voice": "+15735550100", "added_at": NOW} | more
        with acting_as_system("demonstration", today=TODAY, reason="test"):
            return Contact.objects.create(org=org or self.school, **told)

    def confirmed(self, org: Org | None = None, *, days_ago: int = 10, **more: Any) -> Contact:
        """Somebody who said yes."""
        said = {"status": "confirmed", "verified_at": NOW - timedelta(days=days_ago), "verified_how": "link"}
        return self.contact(org, **(said | more))

    @contextmanager
    def acting(self, who: str) -> Iterator[Standing]:
        """With somebody's eyes and rights."""
        with acting_as(self.people[who].pk, today=TODAY):
            yield standing_of(self.people[who], today=TODAY)

    def client(self, who: str) -> Client:
        """Somebody's browser, signed in."""
        client = Client()
        client.force_login(self.people[who])
        return client


PEOPLE = {
    "cora": ("state_office", "state"),
    "ada": ("tip_analyst", "state"),
    "sol": ("tip_supervisor", "state"),
    "dee": ("district_coordinator", "district"),
    "ben": ("principal", "school"),
    "kim": ("school_coordinator", "school"),
    "tom": ("staff", "school"),
    "fay": ("principal", "foreign"),
    "pat": ("agency_lead", "police"),
    "rex": ("responder", "police"),
}
"""Name, office and place: cora is at the state, ada the analyst at the desk, ben the principal."""


@pytest.fixture
def boone(db: None, monkeypatch: pytest.MonkeyPatch) -> Boone:
    """The state as far as it is needed, on a Tuesday in November."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        district = factories.a_district("Cedar Fork R-II")
        elsewhere = factories.a_district("Ash Grove R-IV", county=factories.a_county("Greene County", fips="29077"))
        place = Boone(
            state=factories.a_state(),
            district=district,
            school=factories.a_school("Linden", district=district),
            beside=factories.a_school("Birch", district=district),
            foreign=factories.a_school("Willow", district=elsewhere),
            police=factories.an_agency("law_enforcement", serves=district),
        )
        for name, (office, at) in PEOPLE.items():
            place.people[name] = factories.a_person(name.title(), office=office, at=getattr(place, at))
    return place
