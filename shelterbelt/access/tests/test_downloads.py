"""A file on its way stops short once the right to it has ended."""

import io
from datetime import date, timedelta

import pytest
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.urls import path

from shelterbelt.access import downloads
from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.demo import factories
from shelterbelt.people.federation.models import IdentityProvider
from shelterbelt.people.models import Appointment, Person, StandIn
from shelterbelt.people.sign_in.by_address import BACKEND

TODAY = date(2026, 11, 2)
WHOLE = bytes(range(256)) * 256 * 10


def big(request: HttpRequest) -> HttpResponseBase:
    return downloads.download(
        request,  # type: ignore[arg-type]
        io.BytesIO(WHOLE),
        name="plan.pdf",
        content_type="application/pdf",
        still=lambda standing: standing.offices & {"principal"},
    )


def small(request: HttpRequest) -> HttpResponseBase:
    return downloads.download(
        request, b"few", name="año.csv", content_type="text/csv", still=lambda _: False  # type: ignore[arg-type]
    )  # fmt: skip


urlpatterns = [path("big/", big), path("small/", small)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def cora(db: None, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(downloads, "LOOK_AGAIN_AFTER", 0.0)
    with everything():
        return factories.a_person("Cora", office="principal", at=factories.a_school(), password="x")


@pytest.fixture
def browser(cora: Person) -> Client:
    client = Client()
    client.force_login(cora, backend=BACKEND)
    return client


def everything():
    return acting_as_system("sign_in", today=TODAY, reason="test")


def test_while_the_right_holds_the_whole_file_comes(browser: Client) -> None:
    answer = browser.get("/big/")
    assert answer.headers["Content-Length"] == str(len(WHOLE))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == WHOLE


def rest_after(browser: Client, change) -> bytes:
    """What still comes once something has changed, one piece having come."""
    pieces = iter(browser.get("/big/").streaming_content)
    assert len(next(pieces)) == downloads.A_PIECE
    with everything():
        change()
    return b"".join(pieces)


def test_when_the_office_ends_no_more_comes(browser: Client, cora: Person) -> None:
    assert rest_after(browser, lambda: Appointment.objects.filter(person=cora).update(until_on=TODAY)) == b""


def test_when_the_account_is_closed_no_more_comes(browser: Client, cora: Person) -> None:
    assert rest_after(browser, lambda: Person.objects.filter(pk=cora.pk).update(is_active=False)) == b""


def test_when_the_password_is_changed_no_more_comes(browser: Client, cora: Person) -> None:
    assert rest_after(browser, lambda: Person.objects.filter(pk=cora.pk).update(password="another")) == b""


def test_when_they_sign_out_no_more_comes(browser: Client) -> None:
    assert rest_after(browser, lambda: browser.session.delete(browser.session.session_key)) == b""


def test_when_standing_in_ends_no_more_comes(db: None, cora: Person) -> None:
    with everything():
        deputy = factories.a_person("Dana", password="x")
        held = Appointment.objects.get(person=cora)
        lent = StandIn.objects.create(
            appointment=held, org=held.org, person=deputy, given_by=cora, from_on=TODAY, until_on=date(2026, 11, 9)
        )
    client = Client()
    client.force_login(deputy, backend=BACKEND)
    session = client.session
    session["acting_for"] = lent.pk
    session.save()
    assert rest_after(client, lambda: None) == WHOLE[downloads.A_PIECE :]
    assert rest_after(client, lambda: StandIn.objects.filter(pk=lent.pk).update(until_on=TODAY)) == b""


def test_the_right_is_asked_about_once_a_second_not_for_each_piece(
    browser: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(downloads, "LOOK_AGAIN_AFTER", 60.0)
    answer = browser.get("/big/")
    with django_assert_num_queries(0):
        assert b"".join(answer.streaming_content) == WHOLE


def test_what_fits_into_one_piece_is_sent_at_once(browser: Client) -> None:
    answer = browser.get("/small/")
    assert answer.content == b"few"
    assert "filename*=utf-8''a%C3%B1o.csv" in answer.headers["Content-Disposition"]


def test_a_new_signing_key_stops_nothing_while_the_one_before_holds(browser: Client, settings) -> None:
    def renewed() -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = (
            "another key, as long as one has to be",
            [settings.SECRET_KEY],
        )

    assert rest_after(browser, renewed) == WHOLE[downloads.A_PIECE :]


def test_once_the_session_is_over_no_more_comes(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(hours=3)
    assert rest_after(browser, lambda: monkeypatch.setattr(clock, "now", lambda: later)) == b""


def test_once_their_provider_is_turned_off_no_more_comes(browser: Client, cora: Person) -> None:
    with everything():
        office = Appointment.objects.get(person=cora)
        provider = IdentityProvider.objects.create(
            org=office.org, protocol="saml", name="Oak", issuer="x", added_by=cora, added_at=clock.now(),
            tested_at=clock.now(), from_on=TODAY,
        )  # fmt: skip
    session = browser.session
    session["account_authentication_methods_user"] = str(cora.pk)
    session["account_authentication_methods"] = [{"method": "socialaccount", "provider": provider.reference}]
    session.save()
    assert rest_after(browser, lambda: None) == WHOLE[downloads.A_PIECE :]
    assert rest_after(browser, lambda: IdentityProvider.objects.update(until_on=TODAY)) == b""
