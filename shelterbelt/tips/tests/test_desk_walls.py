"""Who gets to the desk's pages: each role at each address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from shelterbelt.core import clock
from shelterbelt.people.models import Session
from shelterbelt.tips.desk_urls import patterns
from shelterbelt.tips.models import Alarm, Link, Referral
from shelterbelt.tips.tests.conftest import NOW, OFFICES

pytestmark = pytest.mark.django_db
DESK = {"ada", "ray", "sol", "sia"}
FOR_EVERYBODY = {"pulse"}
POSTED = {"first_lines", "save_view", "acknowledge_alarm", "claim", "give_back", "assign", "say", "note", "undo_link"}
WORDS = "Somebody hid a strange zebra behind the bleachers"


@pytest.fixture
def ids(a_tip, at_desk, town):
    """A tip that was referred to the school, which so may read it on a page of its own; its parts."""
    tip, other = a_tip(WORDS, event_types=["gun"]).tip, a_tip("other").tip
    with at_desk():
        Referral.objects.create(tip=tip, state_org=town.state, org=town.linden, to="school", state="sent", at=NOW)
        link = Link.objects.create(org=town.state, tip=tip, to=other, kind="related", by=town.people["ada"], at=NOW)
        alarm = Alarm.objects.get(tip=tip, person=town.people["ada"])
    return {"tip_id": tip.pk, "link_id": link.pk, "alarm_id": alarm.pk, "view_id": tip.pk}


def _address(pattern, ids):
    wanted = pattern.pattern.converters
    return reverse(f"tips:{pattern.name}", kwargs={name: ids[name] for name in wanted})


def test_nobody_but_the_desk_gets_in_whatever_the_address_holds(ids, client_of):
    for name in OFFICES.keys() - DESK:
        client = client_of(name)
        for pattern in patterns:
            if pattern.name in FOR_EVERYBODY:
                continue
            method = client.post if pattern.name in POSTED else client.get
            answer = method(_address(pattern, ids))
            assert answer.status_code == 403, (name, pattern.name)
            assert b"zebra" not in answer.content
            assert b"for its analysts and supervisors" in answer.content, (name, pattern.name)


def test_whoever_is_not_signed_in_is_asked_to(ids, client):
    for pattern in patterns:
        if pattern.name not in FOR_EVERYBODY:
            method = client.post if pattern.name in POSTED else client.get
            assert method(_address(pattern, ids))["Location"].startswith("/sign-in/"), pattern.name


def test_analysts_and_supervisors_open_every_page(ids, client_of):
    for name in ("ada", "sol"):
        client = client_of(name)
        for pattern in patterns:
            if pattern.name not in POSTED | {"view"}:
                assert client.get(_address(pattern, ids)).status_code == 200, (name, pattern.name)


def test_an_address_answers_only_the_way_it_is_asked(ids, client_of):
    ada = client_of("ada")
    for pattern in patterns:
        if pattern.name in POSTED:
            assert ada.get(_address(pattern, ids)).status_code == 405, pattern.name


def test_a_link_between_other_tips_is_not_undone_from_here(ids, a_tip, client_of, at_desk):
    third = a_tip("third").tip
    client_of("ada").post(reverse("tips:undo_link", args=[third.pk, ids["link_id"]]))
    with at_desk():
        assert Link.objects.get().undone_at is None


def test_the_pulse_asks_little_of_the_database(ids, client_of, django_assert_max_num_queries):
    ada = client_of("ada")
    ada.get(reverse("tips:pulse"))
    with django_assert_max_num_queries(20):
        ada.get(reverse("tips:pulse"), {"tip": ids["tip_id"]})


def test_the_pulse_reads_the_index_of_changes(ids, acting):
    with acting("ada"), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")  # a table of two rows would be read whole
        cursor.execute("explain select id, changed_at from tips_tip order by changed_at desc limit 20")
        assert "tip_by_change" in " ".join(row[0] for row in cursor.fetchall())


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(client_of, monkeypatch, as_owner):
    ada = client_of("ada")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=10))
    asked = ada.get(reverse("tips:pulse")).json()
    ada.get(reverse("tips:queue"), headers={"X-Desk": "queue"})
    ada.get(reverse("tips:alarms"), headers={"X-Desk": "part"})
    assert (asked["seconds"], asked["extends"]) == (20 * 60, True)
    with as_owner():
        assert Session.objects.get().seen_at == NOW
    ada.post(reverse("people:stay"))
    with as_owner():
        assert Session.objects.get().seen_at == NOW + timedelta(minutes=10)


def test_whoever_was_signed_out_hears_so_from_the_next_question(client_of, monkeypatch):
    ada = client_of("ada")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=31))
    assert ada.get(reverse("tips:pulse"), follow=True).json() == {"here": False}
