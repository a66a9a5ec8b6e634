"""What could do harm in the wrong hands asks once more, and loses nothing that was typed."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from shelterbelt.access.audience import audience
from shelterbelt.people.models import Person, Session, SignIn
from shelterbelt.people.sessions import SessionStore
from shelterbelt.people.sign_in import recent, signing_in
from shelterbelt.people.sign_in_rules import is_recent
from shelterbelt.urls import urlpatterns

from .conftest import PASSWORD
from .test_second_factor import app, code_of  # noqa: F401  a fixture

AGAIN = "/account/again/"
PAGE = "/account/password/"
NEW = "seven quiet herons wade"
FORM = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def long_ago(enter, cora):
    """Cora's browser, some time after she signed in."""
    client = enter(cora)
    with signing_in("test"):
        Session.objects.update(reauthenticated_at=timezone.now() - timedelta(minutes=16))
    return client


@recent
@audience("signed_in")
def risky(request, **_):
    """A page of a test."""
    return HttpResponse(f"{request.method} {request.POST.get('why', '')}")


class Addresses:
    """The site's, and the page above."""

    urlpatterns: ClassVar = [path("risky/", risky), *urlpatterns]


@pytest.fixture
def with_risky_page(settings):
    settings.ROOT_URLCONF = Addresses


def test_a_page_that_could_do_harm_asks_who_is_there(long_ago):
    answer = long_ago.get(PAGE)
    assert answer.headers["Location"] == f"{AGAIN}?next=%2Faccount%2Fpassword%2F"
    assert "Is it still you?" in long_ago.get(answer.headers["Location"]).content.decode()
    assert long_ago.post(AGAIN, {"password": "wrong", "next": PAGE}).status_code == 200
    assert long_ago.get(PAGE).status_code == 302
    assert long_ago.post(AGAIN, {"password": PASSWORD, "next": PAGE}).headers["Location"] == PAGE
    assert long_ago.get(PAGE).status_code == 200


def test_what_was_typed_is_sent_once_they_have_proved_it(long_ago, with_risky_page):
    sent = long_ago.post("/risky/?of=it", {"why": "it burns", "my_password": "secret"})
    assert sent.headers["Location"] == f"{AGAIN}?next=%2Frisky%2F%3Fof%3Dit"
    back = long_ago.post(AGAIN, {"password": PASSWORD, "next": "/risky/?of=it"}).headers["Location"]
    assert long_ago.get(back).content == b"POST it burns"
    assert long_ago.get(back).content == b"GET "


def test_what_was_typed_is_sealed_and_passwords_are_not_kept(long_ago, with_risky_page):
    long_ago.post("/risky/", {"why": "it burns", "new_password1": "secret", "code": "123456"})
    with signing_in("test"):
        assert "burns" not in Session.objects.get().session_data
    kept = SessionStore(long_ago.cookies["sessionid"].value)["kept_form"]
    assert "burns" in kept["form"]
    assert "secret" not in str(kept)
    assert "123456" not in str(kept)


def test_what_was_typed_is_sent_for_nobody_else(long_ago, with_risky_page, ben):
    long_ago.post("/risky/", {"why": "it burns"})
    long_ago.post(reverse("people:sign_in"), {"email": ben.person.email, "password": PASSWORD, "next": "/risky/"})
    assert long_ago.get("/risky/").content == b"GET "


def test_what_was_typed_waits_for_half_an_hour(long_ago, with_risky_page, monkeypatch):
    long_ago.post("/risky/", {"why": "it burns"})
    monkeypatch.setattr("shelterbelt.core.clock.now", lambda: timezone.now() + timedelta(minutes=31))
    long_ago.post(AGAIN, {"password": PASSWORD})
    assert long_ago.get("/risky/").content == b"GET "


def test_another_page_sends_nothing(long_ago, with_risky_page):
    long_ago.post("/risky/", {"why": "it burns"})
    long_ago.post(AGAIN, {"password": PASSWORD})
    assert long_ago.get("/risky/?other=one").content == b"GET "
    assert long_ago.get("/risky/").content == b"POST it burns"


def test_a_form_sent_after_the_session_ended_is_sent_after_signing_in(cora, with_risky_page, monkeypatch):
    client = Client()
    sign_in = {"email": cora.person.email, "password": PASSWORD, "next": "/risky/"}
    client.post(reverse("people:sign_in"), sign_in)
    monkeypatch.setattr("shelterbelt.core.clock.now", lambda: timezone.now() + timedelta(hours=3))
    answer = client.post("/risky/", {"why": "it burns"})
    assert answer.headers["Location"] == "/sign-in/?next=%2Frisky%2F"
    assert "What you had typed is kept" in client.get(answer.headers["Location"]).content.decode()
    back = client.post(reverse("people:sign_in"), sign_in).headers["Location"]
    assert client.get(back).content == b"POST it burns"


def test_a_forged_form_is_not_kept(cora, with_risky_page, monkeypatch):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cora.person)
    monkeypatch.setattr("shelterbelt.core.clock.now", lambda: timezone.now() + timedelta(hours=3))
    assert client.post("/risky/", {"why": "evil"}).status_code == 403


def test_who_has_a_second_factor_proves_it_with_that(long_ago, cora, app):  # noqa: F811
    secret = app(cora)
    page = long_ago.get(AGAIN).content.decode()
    assert 'name="password"' not in page
    assert long_ago.post(AGAIN, {"password": PASSWORD, "next": PAGE}).status_code == 200
    assert long_ago.get(PAGE).status_code == 302
    assert long_ago.post(AGAIN, {"code": code_of(secret), "next": PAGE}).headers["Location"] == PAGE
    assert long_ago.get(PAGE).status_code == 200


def test_who_has_neither_is_led_to_sign_in_anew(long_ago, cora):
    with signing_in("test"):
        Person.objects.filter(pk=cora.person.pk).update(password="!")
    client = Client()
    with signing_in("test"):
        person = Person.objects.get(pk=cora.person.pk)
    client.force_login(person)
    assert (
        "organization&#x27;s own sign-in" in client.get(AGAIN).content.decode()
        or "own sign-in" in client.get(AGAIN).content.decode()
    )


def test_guessing_there_costs_time_too(long_ago, cora):
    for _ in range(10):
        long_ago.post(AGAIN, {"password": "wrong"})
    assert "Too many tries failed" in long_ago.post(AGAIN, {"password": PASSWORD}).content.decode()
    with signing_in("test"):
        assert SignIn.objects.filter(person=cora.person, outcome="wrong_password").count() == 10
    assert (
        Client().post(reverse("people:sign_in"), {"email": cora.person.email, "password": PASSWORD}).status_code == 302
    )


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_proving_it_leads_to_our_own_pages_only(long_ago, onward):
    assert long_ago.post(AGAIN, {"password": PASSWORD, "next": onward}).headers["Location"] == "/account/"


def test_a_new_password_ends_all_other_sessions_and_not_this_one(enter, cora, enqueued):
    other = Client()
    other.post(reverse("people:sign_in"), {"email": cora.person.email, "password": PASSWORD})
    client = enter(cora)
    assert client.post(PAGE, FORM).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    with signing_in("test"):
        assert SignIn.objects.get(outcome="signed_in").ended == "password"
    assert enqueued("people.tell_of_change") == [{"person": cora.person.pk, "what": "password_changed"}]


def test_one_sees_and_ends_ones_sessions(enter, cora, ada):
    others = [Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/604"}) for _ in range(3)]
    for other in others:
        other.post(reverse("people:sign_in"), {"email": cora.person.email, "password": PASSWORD})
    client = enter(cora)
    page = client.get("/account/sessions/").content.decode()
    assert page.count("Safari on iPhone") == 3
    with signing_in("test"):
        one = Session.objects.filter(person=cora.person, device="Safari on iPhone").first()
    end = reverse("people:end_session", args=[one.reference])
    assert Client().post(end).status_code == 302
    stranger = Client()
    stranger.force_login(ada.person)
    assert stranger.post(end).status_code == 404
    assert client.post(end).status_code == 302
    assert client.post(end).status_code == 404
    assert client.get("/account/sessions/").content.decode().count("Safari on iPhone") == 2
    assert client.post(reverse("people:end_other_sessions")).status_code == 302
    assert [other.get("/account/").status_code for other in others] == [302, 302, 302]
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("reference", ["x", "a" * 16, "a" * 64, "-", "______"])
def test_an_invented_session_is_not_there(enter, cora, reference):
    assert enter(cora).post(f"/account/sessions/{reference}/end/").status_code == 404


def test_tries_that_failed_are_shown_to_whose_they_were(enter, cora, ada):
    Client().post(reverse("people:sign_in"), {"email": cora.person.email, "password": "wrong"})
    assert "Wrong password" in enter(cora).get("/account/sessions/").content.decode()
    assert "Wrong password" not in enter(ada).get("/account/sessions/").content.decode()


@pytest.mark.parametrize(("minutes", "holds"), [(0, True), (14, True), (16, False), (-1, True), (-30, False)])
def test_a_proof_holds_for_a_quarter_of_an_hour(minutes, holds):
    now = timezone.now()
    assert is_recent(now - timedelta(minutes=minutes), now=now) is holds
    assert not is_recent(None, now=now)


def test_in_a_demonstration_nobody_is_asked(long_ago, settings):
    settings.DEMONSTRATION = True
    assert long_ago.get(PAGE).status_code == 200
