"""Every request runs in its person's scope, in one transaction."""

from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from shelterbelt.access.scope import acting_as_system, current_scope
from shelterbelt.attestations.models import Attestation
from shelterbelt.core import clock
from shelterbelt.demo import factories
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person

TODAY = date(2026, 11, 2)


def _write(school: Org) -> None:
    Attestation.objects.create(org=school, output="B-O2", year=2026, answers={}, made_on=TODAY)


def writes(request: HttpRequest) -> HttpResponse:
    _write(Org.objects.schools().get())
    return HttpResponse(current_scope().actor)


def writes_and_fails(request: HttpRequest) -> HttpResponse:
    _write(Org.objects.schools().get())
    raise ZeroDivisionError


urlpatterns = [path("writes/", writes), path("fails/", writes_and_fails)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def cora(db: None, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return factories.a_person("Cora", office="principal", at=factories.a_school())


def _attested() -> int:
    with acting_as_system("measures", today=TODAY, reason="test"):
        return Attestation.objects.count()


@pytest.fixture
def browser(cora: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cora)
    return client


def test_a_view_acts_as_the_person_who_asks(browser: Client, cora: Person) -> None:
    assert browser.get("/writes/").content.decode() == f"person:{cora.pk}"
    assert _attested() == 1
    assert current_scope().actor == ""


def test_a_view_that_fails_leaves_nothing_half_written(browser: Client) -> None:
    assert browser.get("/fails/").status_code == 500
    assert _attested() == 0


def test_what_somebody_saw_is_kept_by_no_browser(browser: Client) -> None:
    assert browser.get("/writes/").headers["Cache-Control"] == "private, no-store"


def test_somebody_whose_account_was_closed_is_nobody(browser: Client, cora: Person) -> None:
    with acting_as_system("sign_in", today=TODAY, reason="test"):
        Person.objects.filter(pk=cora.pk).update(is_active=False)

    assert browser.get("/fails/").wsgi_request.person is None  # type: ignore[attr-defined]
