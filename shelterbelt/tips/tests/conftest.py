"""A tip desk with ada, ray and their supervisor sol; Linden Creek school, its police, and those who only look."""

import uuid
from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.core import clock
from shelterbelt.demo import factories as a
from shelterbelt.tips.actions import filing, intake
from shelterbelt.tips.actions.months import keep_months
from shelterbelt.tips.models import Tip

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)
"""Two in the afternoon in Missouri, a Wednesday."""

OFFICES = {
    "ada": ("tip_analyst", "state"),
    "ray": ("tip_analyst", "state"),
    "sol": ("tip_supervisor", "state"),
    "sia": ("tip_supervisor", "state"),
    "cora": ("state_office", "state"),
    "greta": ("region_coordinator", "region"),
    "sue": ("superintendent", "cedar"),
    "ben": ("district_coordinator", "cedar"),
    "pia": ("principal", "linden"),
    "sam": ("school_coordinator", "linden"),
    "rosa": ("school_resource_officer", "linden"),
    "tom": ("staff", "linden"),
    "otto": ("principal", "oak"),
    "pete": ("agency_lead", "police"),
    "reed": ("responder", "police"),
    "mia": ("agency_lead", "clinic"),
    "fay": ("agency_lead", "fire"),
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def tip_keys(tmp_path, settings):
    """The keys of months lie in a folder of the test's own."""
    settings.TIP_KEYS = tmp_path / "tip-keys"


@pytest.fixture
def town(db):
    """The places and people, by name, and a key for the month."""
    with acting_as_system("install", today=TODAY, reason="test"):
        here = SimpleNamespace(state=a.a_state())
        here.county = a.a_county()
        here.region = a.a_region(counties=(here.county,))
        here.cedar = a.a_district("Cedar Fork R-II", county=here.county)
        here.linden = a.a_school("Linden Creek Elementary", district=here.cedar)
        here.maple = a.a_school("Maple Hill High", district=here.cedar)
        far = a.a_district("Far Away R-I", county=a.a_county("Scott County", fips="29201"))
        here.oak = a.a_school("Far Oak School", district=far)
        here.police = a.an_agency("law_enforcement", serves=here.cedar)
        here.clinic = a.an_agency("mental_health", serves=here.cedar)
        here.fire = a.an_agency("fire", serves=here.linden)
        here.people = {
            name: a.a_person(name, office=office, at=getattr(here, place)) for name, (office, place) in OFFICES.items()
        }
    with acting_as_system("tip_desk", today=TODAY, reason="test"):
        keep_months(at=NOW)
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
def at_desk(town):
    """The system's own eyes at the desk."""
    return lambda: acting_as_system("tip_desk", today=TODAY, reason="test")


@pytest.fixture
def client_of(town):
    """A browser in which somebody has signed in."""

    def sign_in(name):
        client = Client()
        client.force_login(town.people[name])
        session = client.session
        session.keys()  # read it first: reading says when they proved that it is they
        session.reauthenticated_at = NOW
        session.save()
        return client

    return sign_in


@contextmanager
def on_the_line():
    """As the tip line's process: the public login, which row security binds to the code given."""
    with connection.cursor() as cursor:
        cursor.execute("set role shelterbelt_public")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("set role shelterbelt_app")


@pytest.fixture
def line():
    return on_the_line


@pytest.fixture
def filing_of(town):
    """What a reporter says, as the form hands it on."""

    def make(narrative="He said he will bring something tomorrow", **more):
        more.setdefault("event_types", ["bullying"])
        if "school_id" not in more and "place_kind" not in more:
            more |= {"school_id": town.linden.pk, "place_kind": Tip.PlaceKind.SCHOOL}
        answers = {"narrative": narrative} | more.pop("answers", {})
        return filing.Filed(id=more.pop("id", uuid.uuid4()), state_id=town.state.pk, answers=answers, **more)

    return make


@pytest.fixture
def a_tip(town, filing_of, at_desk):
    """A tip that was filed on the line and taken in at the desk; gives the tip and the reporter's code."""

    def make(narrative="He said he will bring something tomorrow", *, at=NOW, taken_in=True, **more):
        filed = filing_of(narrative, **more)
        with on_the_line():
            receipt = filing.file_tip(filed, at=at)
        with at_desk():
            if taken_in:
                intake.take_in(at=at)
            return SimpleNamespace(tip=Tip.objects.get(pk=filed.id), code=receipt.code, filed=filed)

    return make


@pytest.fixture
def reporter(town, settings):
    """Somebody's browser at the tip line."""
    from shelterbelt.tips.tests.reporting import Reporter

    settings.ROOT_URLCONF, settings.MIDDLEWARE = settings.TIP_LINE_URLCONF, settings.TIP_LINE_MIDDLEWARE
    return Reporter(headers={"user-agent": "Telling/1.0", "referer": "https://elsewhere.example/"})
