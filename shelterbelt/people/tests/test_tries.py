"""Failing costs time: to whoever guesses, not to whoever they guess at, and not to the school around them."""

import re
import threading
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import BasePasswordHasher
from django.core import signing
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shelterbelt.people import tasks
from shelterbelt.people.models import Person, SignIn, Tries
from shelterbelt.people.sign_in import known_browsers, password_link, signing_in
from shelterbelt.people.sign_in.tries import MustWait, _reserve
from shelterbelt.people.sign_in_rules import FREE_TRIES, LONGEST_WAIT, still_to_wait, wait_after

from .conftest import PASSWORD

SIGN_IN = "/sign-in/"
WAIT = "Too many tries failed"


def attempt(client, email, password="wrong"):  # noqa: S107
    return client.post(SIGN_IN, {"email": email, "password": password, "next": "/people/"})


def wear_out(email):
    stranger = Client()
    for _ in range(FREE_TRIES):
        assert WAIT not in attempt(stranger, email).content.decode()
    assert WAIT in attempt(stranger, email).content.decode()
    return stranger


@pytest.fixture
def clock_at(monkeypatch):
    def move(**by):
        monkeypatch.setattr("shelterbelt.core.clock.now", lambda: timezone.now() + timedelta(**by))

    return move


def test_after_ten_failures_one_waits_and_the_right_password_waits_too(cora, client):
    stranger = wear_out(cora.person.email)
    page = attempt(stranger, cora.person.email, PASSWORD).content.decode()
    assert "Try again in a minute. The link that we mail you works at once." in page
    assert attempt(client, cora.person.email, PASSWORD).status_code == 200


def test_capital_letters_are_no_way_around(cora):
    wear_out(cora.person.email)
    assert WAIT in attempt(Client(), f" {cora.person.email.upper()}").content.decode()


def test_a_browser_that_knows_its_person_has_tries_of_its_own(cora, client):
    assert attempt(client, cora.person.email, PASSWORD).status_code == 302
    client.post(reverse("people:sign_out"))
    wear_out(cora.person.email)
    assert attempt(client, cora.person.email).status_code == 200
    assert attempt(client, cora.person.email, PASSWORD).status_code == 302
    assert WAIT in attempt(Client(), cora.person.email, PASSWORD).content.decode()


def test_a_browser_that_knows_somebody_else_is_a_stranger(cora, ben, client):
    attempt(client, ben.person.email, PASSWORD)
    client.post(reverse("people:sign_out"))
    wear_out(cora.person.email)
    assert WAIT in attempt(client, cora.person.email, PASSWORD).content.decode()


def test_a_known_browser_is_worn_out_too(cora, client):
    attempt(client, cora.person.email, PASSWORD)
    client.post(reverse("people:sign_out"))
    for _ in range(FREE_TRIES):
        attempt(client, cora.person.email)
    assert WAIT in attempt(client, cora.person.email, PASSWORD).content.decode()
    assert attempt(Client(), cora.person.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("change", ["", "x", "{value}x", "W10:1:x", "\x00", "e30:{value}", "é"])
def test_a_changed_cookie_knows_nobody(cora, client, change):
    attempt(client, cora.person.email, PASSWORD)
    client.post(reverse("people:sign_out"))
    wear_out(cora.person.email)
    client.cookies["known"] = change.format(value=client.cookies["known"].value)
    assert WAIT in attempt(client, cora.person.email, PASSWORD).content.decode()


@pytest.mark.parametrize("kept", ["text", 5, None, {"a": 1}, [1], [[1]], [["a", "b", "c"]]])
def test_a_cookie_of_an_older_form_knows_nobody(cora, client, kept):
    client.cookies["known"] = signing.dumps(kept, salt=known_browsers.SALT)
    assert attempt(client, cora.person.email, PASSWORD).status_code == 302


def test_a_browser_keeps_the_last_eight(town, client):
    from shelterbelt.demo import factories as a

    from .conftest import making

    with making():
        people = [a.a_person(f"Teacher {n}", office="staff", at=town.oak_hill, password=PASSWORD) for n in range(10)]
    for person in people:
        attempt(client, person.email, PASSWORD)
        client.post(reverse("people:sign_out"))
    kept = signing.loads(client.cookies["known"].value, salt=known_browsers.SALT)
    assert len(kept) == 8
    assert len(client.cookies["known"].value) < 1000


def test_the_mailed_link_always_works_and_makes_the_browser_known(cora, client):
    wear_out(cora.person.email)
    with signing_in("test"):
        link = password_link(Person.objects.get(pk=cora.person.pk)).removeprefix("http://localhost:8000")
    new = "seven quiet herons wade"
    address = client.get(link).headers["Location"]
    assert client.post(address, {"new_password1": new, "new_password2": new}).status_code == 302
    assert attempt(client, cora.person.email, new).status_code == 302


def test_nobodys_mailbox_is_filled_by_others(cora, client, enqueued):
    for _ in range(FREE_TRIES + 5):
        page = client.post(reverse("people:forgotten"), {"email": cora.person.email}).content.decode()
        assert "a link to choose a password is on its way" in page
    assert len(enqueued("people.mail_password_link")) == FREE_TRIES


def test_an_unknown_address_behaves_the_same(cora):
    known = wear_out(cora.person.email)
    unknown = wear_out("nobody@example.org")
    pages = [
        re.sub(r'value="[^"]*"', "", attempt(client, email).content.decode())
        for client, email in ((known, cora.person.email), (unknown, "nobody@example.org"))
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("email", ["cora", "nobody@example.org", "no password"])
def test_any_address_costs_one_hash(cora, ben, monkeypatch, email):
    with signing_in("test"):
        ben.person.set_unusable_password()
        ben.person.save()
    made = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    plain = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: made.append(1) or plain(*given))
    addresses = {"cora": cora.person.email, "no password": ben.person.email}
    assert issubclass(MD5PasswordHasher, BasePasswordHasher)
    attempt(Client(), addresses.get(email, email))
    assert len(made) == 1


def test_waiting_grows_and_ends(cora, clock_at):
    stranger = wear_out(cora.person.email)
    clock_at(seconds=40)
    assert WAIT not in attempt(stranger, cora.person.email).content.decode()
    clock_at(seconds=80)
    assert WAIT in attempt(stranger, cora.person.email).content.decode()
    clock_at(seconds=120)
    assert attempt(stranger, cora.person.email, PASSWORD).status_code == 302
    assert "We don" in attempt(Client(), cora.person.email).content.decode()


@pytest.mark.parametrize("jump", [{"days": 3}, {"days": -3}, {"days": -4000}])
def test_a_clock_that_jumps_keeps_nobody_out_for_long(cora, clock_at, jump):
    stranger = wear_out(cora.person.email)
    clock_at(**jump)
    attempt(stranger, cora.person.email, PASSWORD)
    days, more = jump["days"], 61
    clock_at(days=days, minutes=more)
    assert attempt(stranger, cora.person.email, PASSWORD).status_code == 302


def test_failures_and_refusals_are_on_record_without_an_address(cora):
    wear_out(cora.person.email)
    wear_out("nobody@example.org")
    with signing_in("test"), connection.cursor() as cursor:
        assert SignIn.objects.filter(person=cora.person, outcome="wrong_password").count() == FREE_TRIES
        assert SignIn.objects.filter(person=None, outcome="wrong_password").count() == FREE_TRIES
        assert SignIn.objects.filter(outcome="must_wait").count() == 2
        cursor.execute("select count(*), string_agg(became, '') from access_auditentry where thing = 'people_signin'")
        number, text = cursor.fetchone()
        cursor.execute("select string_agg(t::text, '') from people_tries t")
        [(kept,)] = cursor.fetchall()
    assert number == 2 * FREE_TRIES + 2
    assert "@" not in text
    assert "@" not in kept


def test_old_failures_are_forgotten(cora, clock_at):
    wear_out(cora.person.email)
    clock_at(days=1, minutes=1)
    tasks.clear_sessions(0)
    with signing_in("test"):
        assert not Tries.objects.exists()


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (9, 0), (10, 30), (11, 60), (13, 240), (16, 1920), (17, 3600), (10_000, 3600)]
)
def test_how_long_one_waits(failures, seconds):
    assert wait_after(failures) == timedelta(seconds=seconds)
    now = timezone.now()
    assert still_to_wait(failures, last_at=now + timedelta(days=9), now=now) == timedelta(seconds=seconds)
    assert still_to_wait(failures, last_at=now - LONGEST_WAIT, now=now) == timedelta()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_no_way_around():
    taken, refused = [], []

    def take():
        try:
            _reserve("k" * 64)
            taken.append(1)
        except MustWait:
            refused.append(1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == FREE_TRIES
    assert len(refused) == 15
