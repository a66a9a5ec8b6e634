"""Linden Creek school in Cedar Fork, the people who assess it, and those who must not see what they found."""

import uuid
from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.assessments.actions.assessment import plan_assessment, submit_assessment
from shelterbelt.assessments.actions.team import Joining, form_team
from shelterbelt.assessments.actions.walk import Given, answer_questions
from shelterbelt.assessments.models import TeamMember
from shelterbelt.assessments.queries import templates
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


@pytest.fixture
def team(acting, town):
    """The safety team of Linden Creek: administration, law enforcement, buildings; sam is one of them."""
    people = [
        Joining("Sam Dunn", "safety", town.people["sam"]),
        Joining("Rosa Diaz", "law_enforcement"),
        Joining("Hank Bell", "facilities"),
    ]
    with acting("cora") as cora:
        return form_team(org=town.linden, name="Safety team", members=people, by=cora, on=TODAY)


@pytest.fixture
def plan_walk(acting, town, team):
    """Plans a walk-through of Linden Creek by the template that comes with the program."""

    def plan(on=TODAY):
        with acting("cora") as cora:
            (template,) = templates.usable(TODAY)
            return plan_assessment(school=town.linden, template=template, team=team, planned_on=on, by=cora, at=NOW)

    return plan


@pytest.fixture
def walk(plan_walk):
    """One that is planned for today."""
    return plan_walk()


@pytest.fixture
def submit(acting):
    """Answers every question alike, but for those named, and hands it in."""

    def end(assessment, level=2, on=TODAY, members=None, **others):
        with acting("cora") as cora:
            keys = templates.followed_by(assessment).questions
            levels = {key: others.get(key.replace("-", "_"), level) for key in keys}
            given = [Given(uuid.uuid4(), key, one, True, "") for key, one in levels.items()]
            answer_questions(assessment, given=given, by=cora, at=NOW)
            took_part = list(TeamMember.objects.filter(team=assessment.team).order_by("pk"))[:members]
            return submit_assessment(
                assessment, took_part=took_part, assessed_on=on, every_facility=True, facilities="Main building",
                summary="Doors first.", by=cora, at=NOW,
            )  # fmt: skip

    return end
