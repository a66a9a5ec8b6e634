"""A reporter comes back with their code, and nobody without it does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shelterbelt.core import clock
from shelterbelt.tips.models import Message, Tip
from shelterbelt.tips.sealing import codes
from shelterbelt.tips.sealing.opening import key_of, words_of
from shelterbelt.tips.tests.conftest import NOW
from shelterbelt.tips.tests.reporting import WORDS, code_on, send, text_of, token_on, visit_on

pytestmark = pytest.mark.django_db


def test_the_reporter_reads_the_desk_and_answers(reporter, at_desk, acting):
    code = code_on(send(reporter))
    opened = reporter.post("/tip/return/", {"code": code})
    answer = visit_on(opened) | {"step": "write", "words": "It was the striped one"}
    page = reporter.post("/tip/return/", answer)
    assert "The desk has what you wrote" in text_of(page)
    assert "It was the striped one" in text_of(page)
    with at_desk():
        message = Message.objects.get()
        assert words_of(message, key_of(Tip.objects.get())) == "It was the striped one"
        assert (message.way, message.by) == ("from_reporter", None)


def test_an_answer_sent_twice_is_one(reporter, at_desk):
    opened = reporter.post("/tip/return/", {"code": code_on(send(reporter))})
    answer = visit_on(opened) | {"step": "write", "words": "once"}
    reporter.post("/tip/return/", answer)
    reporter.post("/tip/return/", answer)
    with at_desk():
        assert Message.objects.count() == 1


def test_of_a_reading_only_the_day_is_kept(reporter, at_desk):
    reporter.post("/tip/return/", {"code": code_on(send(reporter))})
    with at_desk():
        assert Tip.objects.get().reporter_seen_on.isoformat() == "2026-11-18"


def test_after_half_an_hour_the_code_is_asked_again_and_what_was_written_comes_along(reporter, monkeypatch):
    code = code_on(send(reporter))
    answer = visit_on(reporter.post("/tip/return/", {"code": code})) | {"step": "write", "words": "a long answer"}
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=31))
    page = reporter.post("/tip/return/", answer)
    assert page.status_code == 422
    assert "a long answer" in text_of(page)
    assert "a long answer" in text_of(reporter.post("/tip/return/", {"code": code, "words": "a long answer"}))


def test_a_code_that_was_read_out_is_changed_before_anything_is_shown(reporter, a_tip, at_desk):
    spoken = a_tip(WORDS)
    with at_desk():
        Tip.objects.update(code_is_spoken=True)
    page = reporter.post("/tip/return/", {"code": spoken.code})
    own = code_on(page)
    assert own
    assert own != spoken.code
    assert "Your tip has arrived" not in text_of(page)
    assert "opens no tip" in text_of(reporter.post("/tip/return/", {"code": spoken.code}))
    assert "Your tip has arrived" in text_of(reporter.post("/tip/return/", {"code": own}))


def test_a_changed_code_whose_answer_was_lost_is_told_to_the_same_form_again_and_to_no_other(
    reporter, a_tip, at_desk, monkeypatch
):
    spoken = a_tip(WORDS)
    with at_desk():
        Tip.objects.update(code_is_spoken=True)
    form = {"code": spoken.code, "token": token_on(reporter.get("/tip/return/"))}
    own = code_on(reporter.post("/tip/return/", form))
    assert own
    assert code_on(reporter.post("/tip/return/", form)) == own
    other = {"code": spoken.code, "token": token_on(reporter.get("/tip/return/"))}
    assert "opens no tip" in text_of(reporter.post("/tip/return/", other))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=31))
    assert "opens no tip" in text_of(reporter.post("/tip/return/", form))


@pytest.mark.parametrize("visit", ["", "made-up", "A" * 300, "🦓", "A" * 100_000])
def test_a_visit_cannot_be_made_up(reporter, visit):
    page = reporter.post("/tip/return/", {"visit": visit, "step": "write", "words": "x", "number": "1"})
    assert page.status_code == 422
    assert "Type your code again" in text_of(page)


WRONG = [
    "",
    " ",
    "wrong words that open no tip",
    "a" * 199,
    "ä " * 100,
    "\0",
    "zoo " * 10_000,
    "1 2 3 4 5 6",
    " " * 5000,
]


def test_every_wrong_code_gets_the_same_answer_for_the_same_work(reporter, monkeypatch):
    real, hashed, answers = codes.pwhash.argon2id.kdf, [], set()
    monkeypatch.setattr(codes.pwhash.argon2id, "kdf", lambda *args, **more: hashed.append(1) or real(*args, **more))
    code = code_on(send(reporter))
    for wrong in [*WRONG, f"{code} zoo", " ".join(code.split()[:5]), " ".join(reversed(code.split()))]:
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            page = reporter.post("/tip/return/", {"code": wrong})
        said = page.content.replace(token_on(page).encode(), b"")
        answers.add((page.status_code, said, len(hashed), len(asked)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 422


def test_a_code_opens_its_tip_however_it_is_typed(reporter):
    code = code_on(send(reporter))
    for typed in (
        code.upper(),
        f"   {code}   ",
        code.replace(" ", "  -  "),
        "\n".join(f"{n}. {w}" for n, w in enumerate(code.split(), 1)),
    ):
        assert "Your tip has arrived" in text_of(reporter.post("/tip/return/", {"code": typed}))
