"""After signing in, everybody is led to the page of their office."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Person, StandIn


def enter(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def somebody(name: str, office: str, at: Org) -> Person:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return factories.a_person(name, office=office, at=at)


@pytest.mark.parametrize(
    ("name", "page", "place"),
    [
        ("ada", "home:state", None),
        ("rhea", "home:region", "region"),
        ("ben", "home:district", "cedar_fork"),
        ("cora", "home:school", "linden_creek"),
    ],
)
def test_an_office_leads_to_its_page(
    small: Small, signed_in: SignedIn, name: str, page: str, place: str | None
) -> None:
    answer = signed_in(name).get(reverse("home:start"))

    assert answer.url == reverse(page, args=[getattr(small, place).pk] if place else [])


def test_police_are_led_to_their_agency(small: Small) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        agency = factories.an_agency(serves=small.cedar_fork)
    pat = somebody("Pat", "responder", agency)

    assert enter(pat).get(reverse("home:start")).url == reverse("home:agency", args=[agency.pk])


def test_a_tip_analyst_comes_to_the_desk(small: Small) -> None:
    tia = somebody("Tia", "tip_analyst", small.state)

    assert enter(tia).get(reverse("home:start")).url == reverse("tips:queue")


def test_whoever_serves_two_places_chooses(small: Small) -> None:
    sam = somebody("Sam", "school_resource_officer", small.linden_creek)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        factories.appoint(sam, "school_resource_officer", small.maple_hill)

    html = enter(sam).get(reverse("home:start")).content.decode()

    assert reverse("home:school", args=[small.linden_creek.pk]) in html
    assert reverse("home:school", args=[small.maple_hill.pk]) in html


def test_whoever_holds_no_office_today_is_told_so(small: Small) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        nobody = factories.a_person("Nell")

    assert "You hold no office at present" in enter(nobody).get(reverse("home:start")).content.decode()


def test_a_stranger_is_asked_to_sign_in(db: None) -> None:
    assert Client().get(reverse("home:start")).url.startswith(reverse("people:sign_in"))


def test_whoever_may_act_for_another_chooses_and_is_led_to_that_office(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        dana = factories.a_person("Dana", office="staff", at=small.maple_hill)
        held = Appointment.objects.get(person=small.people["ben"].person)
        lent = StandIn.objects.create(
            appointment=held, org=held.org, person=dana, given_by=held.person, from_on=TODAY, until_on=date(2099, 1, 1)
        )
    client = enter(dana)

    assert "Act for" in client.get(reverse("home:start")).content.decode()
    client.post(reverse("people:act_for", args=[lent.pk]))
    assert client.get(reverse("home:start")).url == reverse("home:district", args=[small.cedar_fork.pk])
    page = client.get(reverse("home:district", args=[small.cedar_fork.pk]))
    assert page.status_code == 200
    assert "You act for" in page.content.decode()
