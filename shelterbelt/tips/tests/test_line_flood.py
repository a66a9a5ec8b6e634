"""A flood is told from people, and life safety has a line of its own."""

from datetime import timedelta

import pytest
from django.db import connection

from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules.door import door
from shelterbelt.tips.tests.conftest import NOW
from shelterbelt.tips.tests.reporting import WORDS, code_on, proof_for, send, text_of, token_on

pytestmark = pytest.mark.django_db


def test_a_proof_of_work_lets_a_tip_through_at_once_however_many_wait(reporter, at_desk, as_owner):
    token = token_on(reporter.get("/tip/"))
    proof = proof_for(token)
    fill_line(as_owner, "plain", minutes=500)
    assert send(reporter, token=token, proof=proof).status_code == 200
    with at_desk():
        assert Tip.objects.get().release_at is None


def test_a_proof_is_good_for_its_own_form_alone(reporter, as_owner):
    proof = proof_for(token_on(reporter.get("/tip/")))
    fill_line(as_owner, "plain", minutes=500)
    assert send(reporter, proof=proof).status_code == 503


@pytest.mark.parametrize("proof", ["", "1", "1,2,3,4,5,6,7,8", "-1," * 8, "9" * 5000, "1,2,3,4,5,6,7,8,9", "é" * 8])
def test_without_proof_a_tip_has_no_delay_on_a_usual_day(reporter, at_desk, proof):
    assert send(reporter, proof=proof).status_code == 200
    with at_desk():
        assert Tip.objects.get().release_at is None


def test_in_a_flood_a_tip_without_proof_waits_its_turn_and_its_sender_is_told(reporter, at_desk, as_owner):
    fill_line(as_owner, "plain", minutes=30)
    page = send(reporter)
    assert "will be read as soon as its turn comes" in text_of(page)
    assert "Your tip is in line" in text_of(reporter.post("/tip/return/", {"code": code_on(page)}))
    with at_desk():
        assert timedelta(minutes=25) < Tip.objects.get().release_at - NOW < timedelta(minutes=31)


def test_past_the_limit_nothing_is_kept_and_nothing_is_lost(reporter, settings, at_desk, as_owner):
    settings.TIP_PHONE = "1-866-555-0142"
    fill_line(as_owner, "plain", minutes=500)
    page = send(reporter, who="A tall boy")
    assert page.status_code == 503
    for kept in (WORDS, "A tall boy", "1-866-555-0142", "was not kept"):
        assert kept in text_of(page)
    with at_desk():
        assert not Tip.objects.exists()


@pytest.mark.parametrize("more", [{"event_types": ["gun"]}, {"is_happening_now": "on"}, {"narrative": "he has a gun"}])
def test_life_safety_has_a_line_of_its_own(reporter, at_desk, as_owner, more):
    fill_line(as_owner, "plain", minutes=500)
    assert send(reporter, **more).status_code == 200
    with at_desk():
        assert Tip.objects.get().release_at is None


def fill_line(as_owner, name, *, minutes):
    """As if so many minutes of turns, after the burst, were taken."""
    rules = door().turns[name]
    taken = minutes + rules.burst / rules.per_minute
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "insert into tips_turn values (%s, clock_timestamp() + make_interval(mins => %s))"
            " on conflict (line) do update set used_up = excluded.used_up",
            [name, int(taken)],
        )
