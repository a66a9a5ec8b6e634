"""An agency's page: whom it serves, what is ahead there, whom to call."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories
from shelterbelt.drills.models import Invitation
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small
from shelterbelt.home.tests.drills import plan
from shelterbelt.orgs.models import Org


def page(org: Org) -> str:
    return reverse("home:agency", args=[org.pk])


@pytest.fixture
def police(small: Small) -> Org:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return factories.an_agency(serves=small.cedar_fork)


@pytest.fixture
def pat(police: Org) -> Client:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        person = factories.a_person("Pat", office="responder", at=police)
    client = Client()
    client.force_login(person)
    return client


def test_an_agency_that_serves_a_district_serves_its_schools(small: Small, police: Org, pat: Client) -> None:
    names = [each.school.name for each in pat.get(page(police)).context["schools"]]

    assert names == ["Linden Creek Elementary", "Maple Hill High"]


def test_an_agency_that_serves_a_county_serves_what_lies_in_it(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        sheriff = factories.an_agency(name="Adair County Sheriff", serves=small.far_county)

    found = signed_in("ada").get(page(sheriff)).context["schools"]

    assert [(each.school.name, each.district) for each in found] == [("Far Away School", "Far Away R-I")]


def test_a_service_that_has_ended_serves_nobody(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        former = factories.an_agency(name="Former Police", serves=small.cedar_fork, until_on=date(2026, 1, 1))

    html = signed_in("ada").get(page(former)).content.decode()

    assert "does not say yet which schools this agency serves" in html


def test_the_next_drills_say_to_which_the_agency_is_invited(small: Small, police: Org, pat: Client) -> None:
    asked = plan(small.linden_creek, on=date(2026, 12, 1))
    plan(small.maple_hill, on=date(2026, 12, 8))
    plan(small.far_school, on=date(2026, 12, 2))
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Invitation.objects.create(drill=asked, school=small.linden_creek, agency=police)

    drills = pat.get(page(police)).context["drills"]

    assert [(drill.school.name, invited) for drill, invited in drills] == [
        ("Linden Creek Elementary", True),
        ("Maple Hill High", False),
    ]


def test_coordinators_are_named_with_how_to_reach_them_and_nobody_else_is(
    small: Small, police: Org, pat: Client
) -> None:
    html = pat.get(page(police)).content.decode()

    assert "ben@example.org" in html  # the district's coordinator
    assert "cora@example.org" not in html  # a principal


def test_an_agency_is_closed_to_schools_and_other_agencies(
    small: Small, police: Org, pat: Client, signed_in: SignedIn
) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        other = factories.an_agency(name="Other Police", serves=small.far_district)

    assert signed_in("cora").get(page(police)).status_code == 403
    assert pat.get(page(other)).status_code == 403


def test_a_responder_does_not_see_a_schools_page(small: Small, pat: Client) -> None:
    assert pat.get(reverse("home:school", args=[small.linden_creek.pk])).status_code == 403


def test_more_schools_need_no_more_queries(small: Small, police: Org, pat: Client) -> None:
    plan(small.linden_creek, on=date(2026, 12, 1))
    pat.get(page(police))
    with CaptureQueriesContext(connection) as few:
        pat.get(page(police))
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        for number in range(20):
            plan(factories.a_school(f"School {number}", district=small.cedar_fork), on=date(2026, 12, 1))

    with CaptureQueriesContext(connection) as many:
        assert len(pat.get(page(police)).context["schools"]) == 22

    assert len(many) == len(few)
