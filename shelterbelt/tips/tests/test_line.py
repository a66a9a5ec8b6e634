"""The tip line's public pages, asked as its process asks: by the public login, without session or cookie."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.test import Client

from shelterbelt.core import clock
from shelterbelt.tips.actions import intake
from shelterbelt.tips.models import Message, Tip
from shelterbelt.tips.rules.door import door
from shelterbelt.tips.sealing import form_tokens
from shelterbelt.tips.sealing.opening import body_of, key_of, words_of
from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"


@pytest.fixture
def reporter(town, line, settings):
    """Somebody with a browser at the tip line's own process."""
    settings.ROOT_URLCONF, settings.MIDDLEWARE = settings.TIP_LINE_URLCONF, settings.TIP_LINE_MIDDLEWARE
    with line():
        yield Client(headers={"user-agent": "Telling/1.0", "referer": "https://elsewhere.example/"})


def token_on(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def code_on(page):
    found = re.search(r'data-code="([^"]+)"', page.content.decode())
    return found[1] if found else None


def text_of(page):
    return page.content.decode()


def proof_for(token):
    """The work, done as the page's script does it."""
    challenge, rules = form_tokens.challenge_of(token), door()
    answers = []
    for puzzle in range(rules.puzzles):
        answer = 0
        while hashlib.sha256(f"{challenge}.{puzzle}.{answer}".encode()).digest()[0] or (
            int.from_bytes(hashlib.sha256(f"{challenge}.{puzzle}.{answer}".encode()).digest()[:2], "big") >> 2
        ):
            answer += 1
        answers.append(str(answer))
    return ",".join(answers)


def send(reporter, narrative=WORDS, *, token=None, start="/tip/", **more):
    token = token or token_on(reporter.get(start))
    return reporter.post(start, {"narrative": narrative, "school": "unknown", **more, "token": token})


def test_a_tip_is_filed_with_one_answer_and_its_code_opens_it(reporter, town, at_desk):
    page = send(reporter, school=str(town.linden.pk), event_types=["bullying"])
    assert page.status_code == 200
    code = code_on(page)
    assert len(code.split()) == 6
    opened = reporter.post("/tip/return/", {"code": code})
    assert "Your tip has arrived" in text_of(opened)
    assert WORDS not in text_of(opened)
