"""What an open page is told of its session; and a form that was open when an office ended."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.people.models import Appointment, Person, Session

TODAY = date(2026, 11, 24)
STATE, STAY = "/session/state/", "/session/stay/"
IDLE = 2 * 60 * 60


@pytest.fixture
def told(monkeypatch):
    """The moment, which a test puts forward."""
    at = {"now": datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/Chicago"))}
    monkeypatch.setattr(clock, "now", lambda: at["now"])
    return at


def everything():
    return acting_as_system("sign_in", today=TODAY, reason="test")


def seen_at(person):
    with everything():
        return Session.objects.get(person=person).seen_at


def test_nobody_is_told_nothing(client, db):
    answer = client.get(STATE)
    assert answer.json() == {"access": ""}
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_page_that_asks_keeps_no_session_alive(enter, told, cora):
    client = enter(cora)
    begun = seen_at(cora.person)
    told["now"] += timedelta(minutes=100)
    state = client.get(STATE).json()
    assert (state["seconds"], state["extends"]) == (IDLE - 100 * 60, True)
    assert seen_at(cora.person) == begun
    assert client.post(STAY).json()["seconds"] == IDLE
    assert seen_at(cora.person) == told["now"]
    told["now"] += timedelta(minutes=121)
    assert client.get(STATE, follow=True).json() == {"access": ""}


def test_before_the_longest_it_lasts_nothing_extends_it(enter, told, ada):
    client = enter(ada)
    for _ in range(71):
        told["now"] += timedelta(minutes=10)
        client.post(STAY)
    state = client.get(STATE).json()
    assert (state["seconds"], state["extends"]) == (10 * 60, False)


def test_the_page_and_its_question_agree_until_an_office_begins_or_ends(enter, town, cora):
    client = enter(cora)
    access = client.get(STATE).json()["access"]
    assert f'data-access="{access}"' in client.get("/people/").content.decode()
    with everything():
        Appointment.objects.create(person=cora.person, org=town.oak_hill, office="staff", from_on=TODAY)
    more = client.get(STATE).json()["access"]
    with everything():
        Appointment.objects.filter(person=cora.person).update(until_on=TODAY)
    none = client.get(STATE).json()["access"]
    assert len({access, more, none}) == 3
    assert "data-session" not in Client().get("/sign-in/").content.decode()


def test_a_form_open_when_the_office_ended_writes_nothing_and_says_why(enter, town, ben):
    client = enter(ben)
    address = reverse("people:appoint", args=[town.linden_creek.pk])
    assert client.get(address).status_code == 200
    with everything():
        Appointment.objects.filter(person=ben.person).update(until_on=TODAY)
    typed = {"office": "staff", "name": "Nell Root", "email": "", "language": "en", "from_on": "2026-11-24"}
    answer = client.post(address, typed)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "You can&#x27;t appoint anyone at Linden Creek" in page
    assert "What you typed</h2>" in page
    assert "Nell Root" in page
    with everything():
        assert not Person.objects.filter(name="Nell Root").exists()


def test_a_form_for_what_is_gone_gives_back_what_was_typed_but_no_secret(enter, town, ben, cora):
    client = enter(ben)
    with everything():
        held = Appointment.objects.get(person=cora.person)
        Appointment.objects.filter(person=ben.person).update(until_on=TODAY)
    address = reverse("people:name_stand_in", args=[held.pk])
    answer = client.post(address, {"name": "Finn <b>Abel", "email": "finn@example.org", "password": "a secret"})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Finn &lt;b&gt;Abel" in page
    assert "a secret" not in page
    assert "csrfmiddlewaretoken" not in page.split("What you typed</h2>")[1].split("</main>")[0]


def test_a_page_that_was_only_looked_at_gives_back_nothing(enter, town, cora):
    assert "What you typed</h2>" not in enter(cora).get("/nothing-here/").content.decode()
