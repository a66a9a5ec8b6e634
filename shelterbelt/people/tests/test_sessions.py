"""Sessions: what the table holds is no use to whoever reads it, and none lasts longer than an office allows."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shelterbelt.access.scope import acting_as
from shelterbelt.people import tasks
from shelterbelt.people.device_words import device_words
from shelterbelt.people.models import Session, SignIn
from shelterbelt.people.sessions import SessionStore, hashed
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.sign_in_rules import SESSION_LIMITS, USUAL, WATCHED, session_limits, session_over

from .conftest import PASSWORD, TODAY

PAGE = "/people/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:149.0) Gecko/20100101 Firefox/149.0"


def come_in(person, client=None):
    """Sign in as a browser does."""
    client = client or Client(headers={"User-Agent": FIREFOX})
    sent = {"email": person.email, "password": PASSWORD, "next": PAGE}
    assert client.post(reverse("people:sign_in"), sent).status_code == 302
    return client


def rows():
    with signing_in("test"):
        return list(Session.objects.order_by("begun_at"))


@pytest.fixture
def clock_at(monkeypatch):
    """Move the clock by a while from now."""

    def move(**by):
        monkeypatch.setattr("shelterbelt.core.clock.now", lambda: timezone.now() + timedelta(**by))

    return move


def test_the_table_holds_no_key_that_a_cookie_could_carry(cora):
    client = come_in(cora.person)
    cookie = client.cookies["sessionid"].value
    [row] = rows()
    assert row.session_key == hashed(cookie)
    assert cookie not in str(vars(row))
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert thief.get(PAGE).status_code == 302


def test_a_row_copied_to_another_key_opens_nothing(cora, ada):
    client = come_in(cora.person)
    mine = SessionStore()
    mine["x"] = 1
    mine.save()
    with signing_in("test"):
        [victim] = Session.objects.filter(person=cora.person)
        Session.objects.filter(pk=hashed(mine.session_key)).update(session_data=victim.session_data, person=cora.person)
    thief = Client()
    thief.cookies["sessionid"] = mine.session_key
    assert thief.get(PAGE).status_code == 302
    assert client.get(PAGE).status_code == 200


def test_a_row_given_to_another_person_opens_nothing(cora, ada):
    client = come_in(cora.person)
    with signing_in("test"):
        Session.objects.update(person=ada.person)
    assert client.get(PAGE).status_code == 302


def test_a_session_says_when_it_was_begun_and_seen_and_on_what(cora):
    client = come_in(cora.person)
    [row] = rows()
    assert row.person_id == cora.person.pk
    assert row.device == "Firefox on Windows"
    assert row.seen_at.second == 0
    assert timezone.now() - row.begun_at < timedelta(minutes=1)
    assert row.reauthenticated_at == row.begun_at
    assert client.get(PAGE).status_code == 200


def test_being_seen_is_noted_now_and_then(cora, clock_at, django_assert_num_queries):
    client = come_in(cora.person)
    clock_at(minutes=5)
    client.get(PAGE)
    [row] = rows()
    assert row.seen_at > row.begun_at + timedelta(minutes=3)
    before = row.seen_at
    client.get(PAGE)
    assert rows()[0].seen_at == before


def test_reading_a_session_is_one_question(cora, django_assert_num_queries):
    key = come_in(cora.person).cookies["sessionid"].value
    with django_assert_num_queries(1):
        assert SessionStore(key)["second_factor"] == ""


@pytest.mark.parametrize(
    ("name", "within", "after"),
    [
        ("cora", {"minutes": 119}, {"minutes": 122}),
        ("wade", {"minutes": 29}, {"minutes": 32}),
    ],
)
def test_who_does_nothing_for_long_is_signed_out_by_the_rule_of_their_office(
    request, town, enter, clock_at, name, within, after
):
    standing = request.getfixturevalue(name)
    client = enter(standing)
    clock_at(**within)
    assert client.get(PAGE).status_code == 200
    clock_at(**within)
    assert client.get(PAGE).status_code == 200
    clock_at(**{unit: within[unit] + much for unit, much in after.items()})
    answer = client.get(PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert client.get(PAGE).headers["Location"] == "/sign-in/?next=/people/"
    assert "nothing happened for a while" in client.get("/sign-in/").content.decode()


def test_no_session_outlasts_its_longest_however_busy(cora, clock_at):
    client = come_in(cora.person)
    for hour in range(1, 24):
        clock_at(hours=hour)
        assert client.get(PAGE).status_code == 200
    clock_at(hours=24, minutes=1)
    assert client.get(PAGE).status_code == 302
    with signing_in("test"):
        assert not Session.objects.filter(person=cora.person).exists() or client.get(PAGE).status_code == 302


@pytest.mark.parametrize("jump", [{"hours": -3}, {"days": -400}, {"hours": 30}, {"days": 4000}])
def test_a_clock_that_jumps_ends_a_session_and_keeps_nobody_out(cora, clock_at, jump):
    client = come_in(cora.person)
    clock_at(**jump)
    assert client.get(PAGE).status_code == 302
    assert client.get(PAGE).headers["Location"] == "/sign-in/?next=/people/"
    come_in(cora.person, client)
    assert client.get(PAGE).status_code == 200
    clock_at()
    assert client.get(PAGE).status_code == 302
    come_in(cora.person, client)
    assert client.get(PAGE).status_code == 200


def test_how_each_session_ended_is_on_record(cora, clock_at):
    client = come_in(cora.person)
    client.post(reverse("people:sign_out"))
    client = come_in(cora.person)
    come_in(cora.person, client)
    clock_at(hours=3)
    client.get(PAGE)
    with signing_in("test"), connection.cursor() as cursor:
        ended = list(SignIn.objects.order_by("pk").values_list("outcome", "ended"))
        cursor.execute("select count(*) from access_auditentry where thing = 'people_signin' and verb = 'update'")
        [(updates,)] = cursor.fetchall()
    assert ended == [("signed_in", "signed_out"), ("signed_in", "replaced"), ("signed_in", "idle")]
    assert updates == 3
    assert rows() == [] or all(row.person_id is None for row in rows())


def test_a_session_without_a_trace_of_the_password_is_nobodys(cora):
    client = come_in(cora.person)
    session = SessionStore(client.cookies["sessionid"].value)
    del session[HASH_SESSION_KEY]
    session.save()
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    "key", ["", "short", "x" * 32, "../../etc/passwd", "\x00" * 20, "é" * 20, "a" * 5000, "'; drop table"]
)
def test_an_invented_cookie_is_nobodys(db, key):
    client = Client()
    client.cookies["sessionid"] = key
    assert client.get(PAGE).status_code == 302
    assert client.get("/sign-in/").status_code == 200


@pytest.mark.parametrize("value", ["", "x", "\x00", "é" * 64, "a" * 64, "a" * 5000, "{}", "W10:1:x"])
@pytest.mark.parametrize("name", ["csrftoken", "messages", "django_language", "known", "sessionid"])
def test_no_changed_cookie_breaks_a_page_or_opens_one(cora, name, value):
    client = Client(enforce_csrf_checks=True)
    client.cookies[name] = value
    assert client.get("/sign-in/").status_code == 200
    assert client.get(PAGE).status_code == 302
    assert client.post("/sign-in/", {"email": cora.person.email, "password": PASSWORD}).status_code == 403


def test_a_session_ended_meanwhile_is_not_brought_back(cora):
    key = come_in(cora.person).cookies["sessionid"].value
    late = SessionStore(key)
    late["x"] = 1
    with signing_in("test"):
        Session.objects.all().delete()
    with pytest.raises(UpdateError):
        late.save()
    assert rows() == []


def test_sql_of_the_app_login_shows_nobody_elses_sessions_and_prolongs_none(cora, ada):
    come_in(cora.person)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from people_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from people_signin")
        assert cursor.fetchone() == (0,)
        cursor.execute("select * from people_session_load('x', now())")
        assert cursor.fetchone() is None
    with acting_as(ada.person.pk, today=TODAY):
        assert not Session.objects.exists()
        assert not SignIn.objects.filter(person=cora.person).exists()
    with acting_as(cora.person.pk, today=TODAY):
        assert Session.objects.count() == 1
        assert Session.objects.update(begun_at=timezone.now() + timedelta(days=1)) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Session.objects.create(
                session_key="x" * 64, session_data="", expire_date=timezone.now(), person=cora.person,
                begun_at=timezone.now(), seen_at=timezone.now(), device="",
            )  # fmt: skip
        assert Session.objects.all().delete()[0] == 1


def test_djangos_own_table_of_sessions_is_closed(db):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select 1 from django_session")


def test_the_clock_clears_what_is_over(cora, clock_at):
    come_in(cora.person)
    empty = SessionStore()
    empty["x"] = 1
    empty.save()
    tasks.clear_sessions(0)
    assert len(rows()) == 2
    clock_at(hours=2)
    tasks.clear_sessions(0)
    assert [row.person_id for row in rows()] == [cora.person.pk]
    clock_at(hours=25)
    tasks.clear_sessions(0)
    assert rows() == []
    with signing_in("test"):
        assert SignIn.objects.get().ended == "too_long"


def test_limits_follow_from_all_offices_held():
    assert session_limits([]) == USUAL
    assert session_limits(["principal"]) == USUAL
    assert session_limits(["principal", "tip_analyst"]) == WATCHED
    assert all(limits in {USUAL, WATCHED} for limits in SESSION_LIMITS.values())


@pytest.mark.parametrize(
    ("begun", "seen", "why"),
    [
        (0, 0, ""),
        (10, 1, ""),
        (11, 0, "too_long"),
        (3, 2.1, "idle"),
        (-1, 0, "clock"),
        (0, -1, "clock"),
        (-1 / 60, 0, ""),
    ],
)
def test_why_a_session_is_over(begun, seen, why):
    now = timezone.now()
    limits = SimpleNamespace(idle=timedelta(hours=2), longest=timedelta(hours=10, minutes=30))
    was = {"begun_at": now - timedelta(hours=begun), "seen_at": now - timedelta(hours=seen)}
    assert session_over(**was, now=now, limits=limits) == why


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/19.0 Safari/605.1.15",
            "Safari on Mac",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/140 Mobile Safari/604", "Chrome on iPhone"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537 Chrome/140 Safari/537", "Chrome on Chromebook"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge on Windows"),
        ("curl/8", ""),
        ("", ""),
        ("<script>" * 100, ""),
    ],
)
def test_a_device_is_told_in_words(agent, words):
    assert device_words(agent) == words


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_answers_in_the_scope_of_somebody_whose_password_changed(cora, method):
    client = come_in(cora.person)
    with signing_in("test"):
        cora.person.set_password("seven quiet herons wade")
        cora.person.save()
    assert getattr(client, method)("/").status_code == 302
    with signing_in("test"):
        assert not Session.objects.filter(person=cora.person).exists()
    assert client.get("/").status_code == 200


def test_a_session_goes_on_while_the_key_that_signs_is_rotated(cora, settings):
    client = come_in(cora.person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key " * 4
    assert client.get(PAGE).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(PAGE).status_code == 302
