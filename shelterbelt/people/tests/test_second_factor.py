"""Second factors: set up once, asked for ever after, and demanded of whoever holds certain offices."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.demo import factories as a
from shelterbelt.people import tasks
from shelterbelt.people.models import Session, SignIn
from shelterbelt.people.sign_in import factors, signing_in

from .conftest import PASSWORD

PAGE = "/people/"
SECOND = "/sign-in/second-factor/"
SET_UP = "/account/second-factors/"
APP = "/account/second-factors/app/"
CODES = "/account/recovery-codes/"


def code_of(secret, *, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def by_password(person, client=None):
    client = client or Client()
    answer = client.post(reverse("people:sign_in"), {"email": person.email, "password": PASSWORD, "next": PAGE})
    return client, answer


@pytest.fixture
def app():
    """`app(person)` gives somebody an app that shows codes; its secret."""

    def give(standing):
        secret = generate_totp_secret()
        with signing_in("test"):
            factors.give_app(standing.person, secret, step=0)
        return secret

    return give


def shown_secret(page):
    return re.search(r'class="codes">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def test_an_app_is_set_up_with_its_own_code_and_spares_come_with_it(cora, mailoutbox, enqueued):
    client, _ = by_password(cora.person)
    secret = shown_secret(client.get(APP).content.decode())
    assert shown_secret(client.get(APP).content.decode()) == secret
    wrong = client.post(APP, {"code": "000000"}).content.decode()
    assert "This code doesn" in wrong
    assert shown_secret(wrong) == secret
    answer = client.post(APP, {"code": code_of(secret)})
    assert answer.headers["Location"] == CODES
    codes = re.findall(r"<li>(\d{4}) (\d{4})</li>", client.get(CODES).content.decode())
    assert len(codes) == 10
    assert client.post(CODES, {"kept": "yes"}).headers["Location"] == SET_UP
    assert not re.findall(r"<li>\d{4} \d{4}</li>", client.get(CODES).content.decode())
    assert enqueued("people.tell_of_change") == [{"person": cora.person.pk, "what": "factor_added"}]


def test_from_then_on_the_password_alone_lets_nobody_in(cora, app):
    secret = app(cora)
    client, answer = by_password(cora.person)
    assert answer.headers["Location"] == SECOND
    assert client.get(PAGE).status_code == 302
    assert client.post(SECOND, {"code": "123 456"}).status_code == 200
    assert client.get(PAGE).status_code == 302
    code = code_of(secret)
    assert client.post(SECOND, {"code": f" {code[:3]} {code[3:]} "}).headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_a_code_lets_in_once(cora, app):
    secret = app(cora)
    code = code_of(secret)
    client, _ = by_password(cora.person)
    assert client.post(SECOND, {"code": code}).status_code == 302
    again, _ = by_password(cora.person)
    assert again.post(SECOND, {"code": code}).status_code == 200
    assert again.post(SECOND, {"code": code_of(secret, step=-1)}).status_code == 200
    assert again.post(SECOND, {"code": code_of(secret, step=1)}).status_code == 302


def test_a_clock_that_went_ahead_spends_no_code_of_later(cora, app, monkeypatch):
    secret = app(cora)
    ahead = timezone.now() + timedelta(days=3)
    with monkeypatch.context() as patched, signing_in("test"):
        patched.setattr("shelterbelt.core.clock.now", lambda: ahead)
        then = format_hotp_value(hotp_value(secret, int(ahead.timestamp()) // 30))
        assert factors.fitting(cora.person, then)
        assert not factors.fitting(cora.person, then)
    with signing_in("test"):
        assert factors.fitting(cora.person, code_of(secret))


def test_a_recovery_code_lets_in_once(cora, app):
    app(cora)
    with signing_in("test"):
        code = factors.unused_codes(cora.person)[3]
    client, _ = by_password(cora.person)
    assert client.post(SECOND, {"code": code}).headers["Location"] == PAGE
    client, _ = by_password(cora.person)
    assert client.post(SECOND, {"code": code}).status_code == 200
    with signing_in("test"):
        assert len(factors.unused_codes(cora.person)) == 9


def test_the_second_page_is_for_whoever_knew_the_password_and_not_for_long(cora, app, client, monkeypatch):
    app(cora)
    assert client.get(SECOND).headers["Location"] == "/sign-in/"
    client, _ = by_password(cora.person)
    assert client.get(SECOND).status_code == 200
    later = time.time() + 16 * 60
    monkeypatch.setattr("time.time", lambda: later)
    assert client.get(SECOND).headers["Location"] == "/sign-in/"


def test_guessing_codes_costs_time(cora, app):
    secret = app(cora)
    client, _ = by_password(cora.person)
    for _ in range(10):
        assert "doesn" in client.post(SECOND, {"code": "000000"}).content.decode()
    assert "Too many tries failed" in client.post(SECOND, {"code": code_of(secret)}).content.decode()
    with signing_in("test"):
        outcomes = list(SignIn.objects.filter(person=cora.person).values_list("outcome", flat=True))
    assert outcomes.count("wrong_code") == 10
    assert outcomes.count("must_wait") == 1


@pytest.mark.parametrize("name", ["ada", "rita", "wade"])
def test_offices_of_state_region_and_agencies_do_nothing_before_a_second_factor(request, town, name):
    standing = request.getfixturevalue(name)
    client, answer = by_password(standing.person)
    assert answer.headers["Location"] == PAGE
    for page in (PAGE, "/", "/start/", "/account/", "/account/sessions/", "/demonstration/"):
        answer = client.get(page)
        if answer.status_code != 404:
            assert answer.headers["Location"] == f"{SET_UP}?next={page.replace('/', '%2F')}"
    assert "Your office asks for a second factor" in client.get(SET_UP).content.decode()
    refused = client.get("/api/v1/organisations/")
    assert refused.status_code in {403, 404}


def test_whoever_must_goes_on_where_they_were_going_once_they_have(ada):
    client, _ = by_password(ada.person)
    secret = shown_secret(client.get(f"{APP}?next={PAGE}").content.decode())
    answer = client.post(APP, {"code": code_of(secret), "next": PAGE})
    assert answer.headers["Location"] == f"{CODES}?next=%2Fpeople%2F"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.post(CODES, {"kept": "yes", "next": PAGE}).headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_whoever_has_one_already_but_came_in_without_shows_it(cora, ada, app):
    client, _ = by_password(ada.person)
    secret = app(ada)
    assert client.get(SET_UP).headers["Location"] == "/account/again/"
    assert client.post("/account/again/", {"code": code_of(secret), "next": PAGE}).headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_an_office_given_in_mid_session_asks_at_the_next_page(cora, town):
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.demo import factories as a

    from .conftest import TODAY

    client, _ = by_password(cora.person)
    assert client.get(PAGE).status_code == 200
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        a.appoint(cora.person, "tip_analyst", town.missouri)
    assert client.get(PAGE).headers["Location"].startswith(SET_UP)


def test_the_question_costs_no_query(enter, ada, cora, django_assert_num_queries):
    client = enter(cora)
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    assert not [query for query in asked.captured_queries if "mfa_authenticator" in query["sql"]]


def test_nobody_is_asked_in_a_demonstration(ada, settings):
    settings.DEMONSTRATION = True
    client, _ = by_password(ada.person)
    assert client.get(PAGE).status_code == 200
    assert "anybody enters as anybody" in client.get("/account/").content.decode()


def test_the_last_one_stays_while_an_office_asks_for_it(enter, ada, cora, app):
    for standing, status in ((ada, 403), (cora, 302)):
        app(standing)
        with signing_in("test"):
            factor = Authenticator.objects.get(user_id=standing.person.pk, type="totp")
        client = enter(standing)
        assert client.post(f"{SET_UP}{factor.pk}/remove/").status_code == status
    with signing_in("test"):
        assert not Authenticator.objects.filter(user_id=cora.person.pk).exists()


def test_somebody_elses_factor_is_not_there(enter, ada, cora, app):
    app(ada)
    with signing_in("test"):
        factor = Authenticator.objects.get(user_id=ada.person.pk, type="totp")
    assert enter(cora).get(f"{SET_UP}{factor.pk}/remove/").status_code == 404


def test_new_recovery_codes_end_the_old_ones(enter, cora, app):
    client = enter(cora)
    assert client.post(CODES).headers["Location"] == SET_UP
    assert "You have no recovery codes" in client.get(CODES).content.decode()
    app(cora)
    with signing_in("test"):
        old = factors.unused_codes(cora.person)
    assert client.post(CODES).headers["Location"] == CODES
    with signing_in("test"):
        assert not set(old) & set(factors.unused_codes(cora.person))


def test_whoever_appoints_takes_lost_factors_away_and_it_is_told(enter, cora, ben, app, enqueued):
    app(cora)
    by_password(cora.person)
    secret_page = reverse("people:reset_factors", args=[cora.person.pk])
    client = enter(ben)
    assert "lost every second factor" in client.get(secret_page).content.decode()
    assert client.post(secret_page).status_code == 302
    with signing_in("test"):
        assert not Authenticator.objects.filter(user_id=cora.person.pk).exists()
        assert not Session.objects.filter(person=cora.person).exists()
    assert enqueued("people.tell_of_change") == [{"person": cora.person.pk, "what": "factors_reset"}]
    assert by_password(cora.person)[1].headers["Location"] == PAGE
    with signing_in("test"), connection.cursor() as cursor:
        cursor.execute(
            "select count(*), min(reason) from access_auditentry where thing = 'mfa_authenticator' and verb = 'delete'"
        )
        assert cursor.fetchone() == (2, f"second factors taken away by person:{ben.person.pk}")


@pytest.mark.parametrize(("who", "status"), [("ben", 200), ("ada", 200), ("finn", 404), ("wade", 404), ("cora", 403)])
def test_nobody_else_takes_them_away(request, enter, cora, who, status):
    client = enter(request.getfixturevalue(who))
    assert client.get(reverse("people:reset_factors", args=[cora.person.pk])).status_code == status


@pytest.mark.parametrize("what", tasks._CHANGES)
def test_a_letter_tells_of_each_change(cora, mailoutbox, what):
    tasks.tell_of_change(person=cora.person.pk, what=what)
    [letter] = mailoutbox
    assert letter.to == [cora.person.email]
    assert "If it wasn't you" in letter.body
    assert "http://localhost:8000/sign-in/forgotten/" in letter.body


def test_appointing_somebody_to_one_more_office_opens_no_way_to_their_factors(enter, town, ada, cora, app):
    """A principal who takes a state officer on as staff may appoint to that office only."""
    app(ada)
    with acting_as_system("demonstration", today=clock.today(), reason="test"):
        a.appoint(ada.person, "staff", town.linden_creek)
    assert enter(cora).get(reverse("people:reset_factors", args=[ada.person.pk])).status_code == 403
