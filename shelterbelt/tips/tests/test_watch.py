"""The real process that watches: it calls people within two seconds, and killed in the middle it acts on nothing twice."""

import os
import subprocess
import sys
import time as real_time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.db import connection
from django.utils import timezone

from shelterbelt.access.scope import acting_as_system
from shelterbelt.delivery.models import Attempt
from shelterbelt.delivery.tests.mail_servers import Post, serving
from shelterbelt.tips.actions import clocks, intake
from shelterbelt.tips.actions.months import keep_months
from shelterbelt.tips.models import Alarm, Clock, Done, StatFact, Tip
from tests import databases

pytestmark = pytest.mark.django_db(transaction=True)
GRAVE = {"event_types": ["gun"]}
WATCH = "from shelterbelt.core import serving; serving.watch()"
TIPS = 20
PATIENCE = 30
"""Seconds until the test gives up: a busy machine is no fault of the code."""


def look(question):
    with acting_as_system("tip_desk", today=timezone.localdate(), reason="test"):
        return question()


def until(question, answer=True):
    """Ask again and again until it is so."""
    give_up = real_time.monotonic() + PATIENCE
    while look(question) != answer:
        assert real_time.monotonic() < give_up, f"still {look(question)} after {PATIENCE} s"
        real_time.sleep(0.05)


@pytest.fixture
def watch(tmp_path):
    """Start the process: `watch(port of the mail server)`."""
    running = []

    def start(port):
        environment = os.environ | databases.environment(connection.settings_dict["NAME"])
        environment |= {
            "SHELTERBELT_LOGIN": "app",
            "SHELTERBELT_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "SHELTERBELT_EMAIL_HOST": "127.0.0.1",
            "SHELTERBELT_EMAIL_PORT": str(port),
            "SHELTERBELT_TIP_KEYS": str(site.TIP_KEYS),
            "PYTHONPATH": str(databases.ROOT),
        }
        with (tmp_path / "log").open("ab") as log:
            running.append(subprocess.Popen([sys.executable, "-c", WATCH], env=environment, stderr=log))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def late_tips(a_tip, count):
    """Tips that were at the desk two minutes ago, with nobody there who looked at their clocks."""
    then = timezone.now() - timedelta(minutes=2)
    look(lambda: keep_months(at=then))
    for _ in range(count):
        a_tip(at=then, taken_in=False, **GRAVE)
    look(lambda: intake.take_in(at=then))
    look(lambda: [clocks.end_clocks(tip, "dispatch", at=then) for tip in Tip.objects.all()])


def missed():
    return StatFact.objects.filter(step="missed").count()


def test_killed_in_the_middle_it_acts_on_each_clock_once_and_then_calls_within_two_seconds(a_tip, watch):
    late_tips(a_tip, TIPS)
    with serving(Post()) as server:
        first = watch(server.port)
        until(lambda: missed() >= 5)
        first.kill()
        first.wait()
        assert 5 <= look(missed) <= TIPS
        watch(server.port)
        until(missed, TIPS)
        took = min(_seconds_to_first_page(a_tip) for _ in range(2))
    assert took < 2, f"{took} s"
    assert look(_each_clock_once)


def _each_clock_once():
    misses = Counter(Done.objects.filter(verb="miss", told__step=1).values_list("tip", flat=True))
    calls = Counter(Alarm.objects.filter(person__name="sol", because="life_safety").values_list("tip", flat=True))
    next_steps = Counter(Clock.objects.filter(kind="claim", step=2).values_list("tip", flat=True))
    return set(misses.values()) == set(calls.values()) == set(next_steps.values()) == {1} and len(misses) == TIPS


def _seconds_to_first_page(a_tip):
    """From accepting a tip at the door to the first word that leaves for somebody."""
    accepted = timezone.now()
    tip = a_tip(at=accepted, taken_in=False, **GRAVE).tip
    pages = Attempt.objects.filter(message__about=tip.pk, message__purpose="tips.alarm", outcome="sent")
    until(pages.exists)
    return (look(lambda: pages.order_by("begun_at").first().begun_at) - accepted).total_seconds()
