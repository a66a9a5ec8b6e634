"""Linden Creek school in Cedar Fork and a school beside it: who writes their plans, who reads them, and who must not."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.core import clock
from shelterbelt.demo import factories as a
from shelterbelt.plans import actions
from shelterbelt.plans.models import Plan, Section
from shelterbelt.plans.queries import draft_of

TODAY = date(2026, 10, 15)
NOW = datetime(2026, 10, 15, 20, 0, tzinfo=UTC)
"""Three in the afternoon in Missouri."""

OFFICES = {
    "ada": ("district_coordinator", "cedar"),
    "sue": ("superintendent", "cedar"),
    "ben": ("principal", "linden"),
    "sam": ("school_coordinator", "linden"),
    "tom": ("staff", "linden"),
    "rosa": ("school_resource_officer", "linden"),
    "bea": ("principal", "birch"),
    "otto": ("principal", "oak"),
    "cora": ("state_office", "state"),
    "greta": ("region_coordinator", "region"),
    "ruth": ("responder", "sheriff"),
    "pete": ("agency_lead", "far_police"),
}
"""Ruth is the sheriff's deputy; Birch lies beside Linden, Oak in another district, whose police Pete leads."""


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
        here.birch = a.a_school("Birch Hill School", district=here.cedar)
        here.far = a.a_district("Far Away R-I", county=a.a_county("Scott County", fips="29201"))
        here.oak = a.a_school("Far Oak School", district=here.far)
        here.sheriff = a.an_agency("law_enforcement", "Boone County Sheriff", serves=here.cedar)
        here.fire = a.an_agency("fire", serves=here.cedar)
        here.far_police = a.an_agency("law_enforcement", "Far Police", serves=here.far)
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
    """`browser("ben")` is a browser in which ben has signed in."""

    def of(name):
        client = Client()
        with acting_as_system("sign_in", today=TODAY, reason="test"):
            client.force_login(town.people[name])
        return client

    return of


@pytest.fixture
def begun(town, acting):
    """Begins a plan: `begun("linden")` the school's, by its principal; `begun("cedar")` the district's."""

    def begin(place) -> Plan:
        by = {"cedar": "ada", "linden": "ben", "birch": "bea", "oak": "otto"}[place]
        with acting(by) as standing:
            return actions.begin_plan(org=getattr(town, place), by=standing, at=NOW)

    return begin


@pytest.fixture
def write(acting):
    """Writes a section of a plan as somebody: `write(plan, "lockdown", "<p>…</p>", "ben")`."""

    def save(plan, key, body, who="ben") -> Section:
        with acting(who) as standing:
            section = Section.objects.get(plan=plan, key=key)
            return actions.save_section(
                section_id=section.pk, body=body, based_on=section.revision, by=standing, at=NOW
            ).section

    return save


@pytest.fixture
def adopted(begun, write, acting):
    """A version in force: `adopted("linden")`, with a lockdown and an evacuation annex, recorded by the superintendent."""

    def make(place="linden"):
        plan = begun(place)
        writer = {"cedar": "ada", "linden": "ben", "birch": "bea"}[place]
        for key in ("lockdown", "evacuate"):
            write(plan, key, f"<p>How {key} works here.</p>", writer)
        with acting("sue") as standing:
            version = actions.send_to_review(version=draft_of(plan), by=standing, at=NOW)
            return actions.adopt(version=version, adopted_on=TODAY, meeting="Regular meeting", by=standing, at=NOW)

    return make
