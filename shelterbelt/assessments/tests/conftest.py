"""Linden Creek school in Cedar Fork, the people who assess it, and those who must not see what they found."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.core import clock
from shelterbelt.demo import factories as a

TODAY = date(2026, 10, 15)
NOW = datetime(2026, 10, 15, 20, 0, tzinfo=UTC)
"""Three in the afternoon in Missouri."""

OFFICES = {
    "cora": ("principal", "linden"),
    "sam": ("school_coordinator", "linden"),
    "rosa": ("school_resource_officer", "linden"),
    "tom": ("staff", "linden"),
    "ben": ("district_coordinator", "cedar"),
    "sue": ("superintendent", "cedar"),
    "ada": ("state_office", "state"),
    "greta": ("region_coordinator", "region"),
    "otto": ("principal", "oak"),
    "olga": ("superintendent", "far"),
    "pete": ("responder", "police"),
    "fay": ("agency_lead", "fire"),
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def town(db):
    """The places and people, by name."""
    with acting_as_system("install", today=TODAY, reason="test"):
        here = SimpleNamespace(state=a.a_state())
        here.county = a.a_county()
        here.region = a.a_region(counties=(here.county,))
        here.cedar = a.a_district("Cedar Fork R-II", county=here.county)
        here.linden = a.a_school("Linden Creek Elementary", district=here.cedar)
        here.far = a.a_district("Far Away R-I", county=a.a_county("Scott County", fips="29201"))
        here.oak = a.a_school("Far Oak School", district=here.far)
        here.police = a.an_agency("law_enforcement", serves=here.cedar)
        here.fire = a.an_agency("fire", serves=here.linden)
        here.people = {
            name: a.a_person(name, office=office, at=getattr(here, place)) for name, (office, place) in OFFICES.items()
        }
    return here


@pytest.fixture
def acting(town):
    """Gives somebody's standing, inside their scope."""

    @contextmanager
    def as_person(name):
        person = town.people[name]
        with acting_as(person.pk, today=TODAY):
            yield standing_of(person, today=TODAY)

    return as_person


@pytest.fixture
def browser(town):
    """`browser("cora")` is a browser in which cora has signed in."""

    def of(name):
        client = Client()
        with acting_as_system("sign_in", today=TODAY, reason="test"):
            client.force_login(town.people[name])
        return client

    return of
