"""Cedar Fork's custodian of records, its school, and those who only look."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import Standing, standing_of
from shelterbelt.core import clock
from shelterbelt.demo import factories as a
from shelterbelt.disclosure.models import ClosureDetermination

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
"""A Tuesday, two days before Thanksgiving."""
HARM = "Whoever plans an attack would learn where people gather and who comes to help them."
INTEREST = (
    "That the plan exists, is adopted and is drilled is public; its text protects children only while it is closed."
)

OFFICES = {
    "sue": ("superintendent", "cedar"),
    "ben": ("district_coordinator", "cedar"),
    "cora": ("principal", "linden"),
    "ada": ("state_office", "state"),
    "greta": ("region_coordinator", "region"),
    "fay": ("superintendent", "far"),
    "pat": ("agency_lead", "police"),
}
Acting = Callable[[str], AbstractContextManager[Standing]]
Browser = Callable[[str], Client]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def town(db: None) -> SimpleNamespace:
    """The places and people, by name."""
    with acting_as_system("install", today=TODAY, reason="test"):
        here = SimpleNamespace(state=a.a_state())
        here.county = a.a_county()
        here.region = a.a_region(counties=(here.county,))
        here.cedar = a.a_district("Cedar Fork R-II", county=here.county)
        here.linden = a.a_school("Linden Creek Elementary", district=here.cedar)
        here.far = a.a_district("Far Away R-I", county=a.a_county("Scott County", fips="29201"))
        here.police = a.an_agency("law_enforcement", serves=here.cedar)
        here.people = {
            name: a.a_person(name, office=office, at=getattr(here, place)) for name, (office, place) in OFFICES.items()
        }
    return here


@pytest.fixture
def acting(town: SimpleNamespace) -> Acting:
    """Gives somebody's standing, inside their scope."""

    @contextmanager
    def as_person(name: str) -> Iterator[Standing]:
        person = town.people[name]
        with acting_as(person.pk, today=TODAY):
            yield standing_of(person, today=TODAY)

    return as_person


@pytest.fixture
def browser(town: SimpleNamespace) -> Browser:
    """`browser("sue")` is a browser in which sue has signed in."""

    def of(name: str) -> Client:
        client = Client()
        with acting_as_system("sign_in", today=TODAY, reason="test"):
            client.force_login(town.people[name])
        return client

    return of


def closing(town: SimpleNamespace, records: str = "emergency-plan", **more: Any) -> ClosureDetermination:
    """Cedar Fork's determination, straight in its table."""
    told = {"org": town.cedar, "exemption": "response-plans", "citation": "RSMo 610.021(18)", "harm": HARM}
    told |= {"interest": INTEREST, "from_on": date(2026, 8, 1), "decided_at": NOW, "records": records}
    with acting_as_system("install", today=TODAY, reason="test"):
        return ClosureDetermination.objects.create(**(told | more))
