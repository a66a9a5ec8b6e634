"""Linden Creek school in Cedar Fork, the people who keep its drills, and those who only look."""

import uuid
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.core import clock
from shelterbelt.demo import factories as a
from shelterbelt.drills import rules
from shelterbelt.drills.models import Drill

TODAY = date(2026, 10, 15)
NOW = datetime(2026, 10, 15, 20, 0, tzinfo=UTC)
"""Three in the afternoon in Missouri."""

OFFICES = {
    "cora": ("principal", "linden"),
    "sam": ("school_coordinator", "linden"),
    "rosa": ("school_resource_officer", "linden"),
    "ben": ("district_coordinator", "cedar"),
    "sue": ("superintendent", "cedar"),
    "ada": ("state_office", "state"),
    "tom": ("staff", "linden"),
    "greta": ("region_coordinator", "region"),
    "otto": ("principal", "oak"),
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
        far = a.a_district("Far Away R-I", county=a.a_county("Scott County", fips="29201"))
        here.oak = a.a_school("Far Oak School", district=far)
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


def facts(**more):
    """A lockdown drill as the quick form gives it."""
    given: dict[str, Any] = {
        "kind": "lockdown",
        "held_on": date(2026, 10, 1),
        "started_at": time(9, 30),
        "minutes": 12,
        "is_announced": True,
        "plan_part": "lockdown",
        "students": 310,
        "staff": 28,
        "law_enforcement_present": True,
        "fire_present": True,
        "ems_present": False,
        "emergency_management_present": False,
    }
    return rules.Facts(**(given | more))


def learned(**more):
    """A finished after-action form."""
    given: dict[str, Any] = {"strengths": "Quiet.", "improvements": "One door.", "accommodations": "Nobody needed any."}
    return rules.Learned(**(given | more))


@pytest.fixture
def make_drill(town):
    """A drill straight in its table."""

    def make(school=None, **more):
        given = {
            "kind": "fire",
            "status": "held",
            "held_on": date(2026, 9, 8),
            "recorded_at": NOW,
            "plan_part": "evacuation",
        }
        with acting_as_system("install", today=TODAY, reason="test"):
            return Drill.objects.create(id=uuid.uuid4(), school=school or town.linden, **(given | more))

    return make
