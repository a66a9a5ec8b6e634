"""What the desk's rules say, without a database: filters, numbers, searches, likeness, states, canned texts."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shelterbelt.tips.models import Referral, Tip
from shelterbelt.tips.rules import states
from shelterbelt.tips.rules.canned import canned
from shelterbelt.tips.rules.drawing import page
from shelterbelt.tips.rules.likeness import Facts, alike, words_in
from shelterbelt.tips.rules.numbers import meant
from shelterbelt.tips.rules.queue import Filter, filter_of
from shelterbelt.tips.rules.searching import holds, parts_of, plain
from shelterbelt.tips.words import SENTENCES

NOW = datetime(2026, 11, 18, 20, tzinfo=UTC)
DOCS = Path(__file__).resolve().parents[3] / "docs/reference/tip-states.md"


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ({}, ""),
        ({"state": "open", "owner": ""}, ""),
        ({"state": "all", "owner": "me"}, "state=all&owner=me"),
        ({"place": "12", "due": "late", "unknown": "x"}, "place=12&due=late"),
    ],
)
def test_a_filter_stands_in_an_address_as_shortly_as_it_can(words, query):
    assert filter_of(words).query == query
    assert filter_of(words).is_plain == (not query)


def test_a_filter_reads_what_it_wrote():
    by = Filter(state="closed", type="gun", life_safety="yes")
    assert filter_of(dict(part.split("=") for part in by.query.split("&"))) == by


TIP = Tip(id=uuid.UUID("0123456789ab4def8123456789abcdef"))


@pytest.mark.parametrize(
    "typed",
    [
        TIP.number,
        TIP.number.lower(),
        TIP.number.replace("-", " "),
        f"#{TIP.number}",
        f"http://localhost/desk/{TIP.pk}/",
    ],
)
def test_a_tip_is_found_by_its_number_however_it_is_typed(typed):
    first, last = meant(typed)
    assert first <= TIP.pk <= last


@pytest.mark.parametrize("typed", ["", "zebra", "AAAA-AAA", "AAAA-AAA!", "ÀÁÂÃ-AAAA", "\x00" * 8, "a" * 5000])
def test_what_is_no_number_means_no_tip(typed):
    assert meant(typed) is None


@pytest.mark.parametrize(
    ("typed", "text", "is_held"),
    [
        ("zebra", "A ZEBRA behind", True),
        ("jose cafe", "José in the Café", True),
        ("josé", "jose", True),
        ('"behind the gym"', "behind\n the   gym", True),
        ("“behind the gym”", "the gym behind", False),
        ("gym behind", "behind the gym", True),
        ("zebra lion", "a zebra", False),
        ("ñ", "mañana", True),
        ("پیام", "این یک پیام است", True),
        ("100%", "100% sure", True),
    ],
)
def test_a_search_wants_every_word_and_phrase_capitals_and_accents_apart(typed, text, is_held):
    assert holds(plain(text), parts_of(typed)) is is_held


@pytest.mark.parametrize("typed", ["", "  ", '""', '" "', "\u0301"])
def test_a_search_for_nothing_has_no_parts(typed):
    assert parts_of(typed) == ()


def test_a_search_of_a_thousand_words_stays_bounded():
    assert len(parts_of(" ".join(f"word{number}" for number in range(1000)))) == 12


def _facts(number, text="", *, school=1, hours=0, types=("bullying",)):
    return Facts(number, school, NOW + timedelta(hours=hours), frozenset(types), words_in(text))


@pytest.mark.parametrize(
    ("other", "is_alike"),
    [
        (_facts(2), True),
        (_facts(2, school=2), True),  # about the same, within a day
        (_facts(2, school=2, hours=-100), False),
        (_facts(2, school=2, types=("gun",)), False),
        (_facts(2, "zebra jacket bleachers", school=2, types=("gun",), hours=-100), True),
        (_facts(2, school=None, types=("gun",), hours=-200), False),
        (_facts(2, school=1, types=("gun",), hours=-100), True),
    ],
)
def test_tips_are_alike_by_place_time_kind_and_rare_words(other, is_alike):
    found = alike(_facts(1, "The boy with the zebra jacket under the bleachers"), [other])
    assert bool(found) is is_alike


def test_words_that_everybody_uses_make_nothing_alike():
    others = [_facts(number, "school school bus zebra", school=None, types=(), hours=-100) for number in range(30)]
    assert alike(_facts(99, "school bus zebra", school=None, types=("gun",)), others) == []


def test_two_tips_without_a_school_are_not_at_the_same_one():
    [found] = alike(_facts(1, school=None), [_facts(2, school=None)])
    assert not found.same_school


@pytest.mark.parametrize(("moves", "choices"), [(states.TIP, Tip.State), (states.REFERRAL, Referral.State)])
def test_every_state_has_its_line_in_the_drawing(moves, choices):
    assert set(moves) == set(choices.values)
    assert {then for after in moves.values() for then in after} <= set(choices.values)


def test_the_page_of_states_is_what_the_rules_say():
    assert DOCS.read_text(encoding="utf-8") == page(), "python -m shelterbelt.tips.rules.drawing prints it"


def test_history_has_a_sentence_for_whatever_is_done():
    room, verb = Path(__file__).resolve().parents[1], re.compile(r"history\.write(?:_all)?\(\s*[\w.]+,\s*\"(\w+)\"")
    done = {each for path in room.rglob("*.py") if "tests" not in path.parts for each in verb.findall(path.read_text())}
    assert len(done) > 20
    assert done <= SENTENCES.keys(), "say it in tips/words.py"


@pytest.mark.parametrize("text", canned().values(), ids=lambda text: text.code)
def test_a_canned_text_is_there_in_each_language_and_asks_for_no_name(text):
    for language in ("en", "es"):
        assert 20 < len(text.text(language)) < 400
    assert text.text("de") == text.text("en")
    assert "your name" not in text.text("en")
