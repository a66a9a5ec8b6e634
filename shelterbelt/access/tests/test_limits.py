"""Limits count people, never the network they share; refusals are sentences with a time."""

import threading
from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most, few_at_once
from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.demo import factories
from shelterbelt.people.models import Person

TODAY = date(2026, 11, 2)
inside, leave = threading.Event(), threading.Event()


@audience("signed_in")
@at_most(2, per="hour", of="tests of limits")
def costly(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@audience("signed_in")
@at_most(1, per="hour", of="tests of forms", on={"POST"})
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@audience("public")
@few_at_once(1, of="tests of gates")
def crowded(request: HttpRequest) -> HttpResponse:
    inside.set()
    leave.wait(5)
    return HttpResponse("done")


urlpatterns = [
    path("costly/", costly),
    path("form/", form),
    path("crowded/", crowded),
    path("api/costly/", costly),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def ruth() -> Client:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        person = factories.a_person("Ruth", office="staff", at=factories.a_school())
    client = Client()
    client.force_login(person)
    return client


def test_whoever_asks_too_often_is_told_when_they_may_again(ruth: Client) -> None:
    assert [ruth.get("/costly/").status_code for _ in range(3)] == [200, 200, 429]
    refused = ruth.get("/costly/")
    assert 1700 < int(refused["Retry-After"]) <= 1800
    assert "You can do it again in 30 minutes." in refused.content.decode()


def test_a_program_is_told_so_in_json(ruth: Client) -> None:
    answers = [ruth.get("/api/costly/") for _ in range(3)]
    assert answers[-1].status_code == 429
    assert "Retry-After" in answers[-1]
    assert "again" in answers[-1].json()["detail"]


def test_a_form_may_be_looked_at_as_often_as_one_likes(ruth: Client) -> None:
    assert {ruth.get("/form/").status_code for _ in range(5)} == {200}
    assert [ruth.post("/form/").status_code for _ in range(2)] == [200, 429]


def test_five_hundred_people_behind_one_address_are_five_hundred() -> None:
    answers = []
    for number in range(500):
        request = RequestFactory(REMOTE_ADDR="203.0.113.9").get("/costly/")
        request.person = Person(pk=10**12 + number)
        answers.append(costly(request).status_code)
    assert answers == [200] * 500


def test_while_one_is_at_it_and_one_waits_the_next_is_told_to_come_back() -> None:
    first = threading.Thread(target=lambda: Client().get("/crowded/"))
    second = threading.Thread(target=lambda: Client().get("/crowded/"))
    first.start()
    assert inside.wait(5)
    second.start()
    from shelterbelt.access.limits import GATES

    while GATES["tests of gates"]._places._value:
        pass
    refused = Client().get("/crowded/")
    leave.set()
    first.join(5)
    second.join(5)
    assert refused.status_code == 503
    assert refused["Retry-After"] == "10"
    assert "Many people are doing this right now" in refused.content.decode()
