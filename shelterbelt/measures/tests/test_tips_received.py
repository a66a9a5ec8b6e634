"""A-O2: tips received, as a state attests them and as its desk counts them."""

from datetime import date

import pytest

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.definitions import tips_received
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.reading import read_amounts
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.tips.models import StatFact


def test_tips_count_without_tests_and_duplicates(state: Org) -> None:
    assert Measured(state, TODAY).number(current().output("A-O2"), YEAR) is None

    attest(state, "A-O2", received=1573, tests=12, spam=40, duplicates=31, agency_notices=290)

    assert Measured(state, TODAY).number(current().output("A-O2"), YEAR) == 1573
    assert Measured(state, TODAY).number(current().output("A-O2"), SchoolYear(2025)) is None


def counted(state: Org, **more: object) -> StatFact:
    """A step of some tip, as the desk writes it."""
    facts: dict[str, object] = {
        "org": state, "step": "received", "on": date(2026, 9, 1), "received_on": date(2026, 9, 1), "hour": 9,
        "channel": "web", "event_type": "bullying", "kind": "real", "is_life_safety": False,
    }  # fmt: skip
    return StatFact.objects.create(**facts | more)


def test_once_the_desk_counts_its_counts_hold_and_what_was_attested_says_nothing(state: Org) -> None:
    attest(state, "A-O2", received=1573)
    measured = Measured(state, TODAY)
    assert measured.number(current().output("A-O2"), YEAR) == 1573
    for kind in ("real", "prank", "false", "out_of_scope", "test", "spam", "duplicate"):
        counted(state, kind=kind)
    counted(state, step="noticed", kind="notice")
    counted(state, received_on=date(2026, 6, 30))
    assert Measured(state, TODAY).number(current().output("A-O2"), YEAR) == 4
    apart = tips_received.line_apart(measured.asked(current().output("A-O2"), YEAR)).amounts
    assert {name: read_amounts(rows)[1].sum() for name, rows in apart.items()} == {
        "tests": 1, "spam": 1, "duplicates": 1, "agency_notices": 1,
    }  # fmt: skip


def test_what_is_taken_back_is_not_counted(state: Org) -> None:
    counted(state)
    counted(state, amount=-1)
    counted(state, kind="spam")
    assert Measured(state, TODAY).number(current().output("A-O2"), YEAR) == 0


@pytest.mark.parametrize("line", ["line_by_event_type", "line_by_channel", "line_by_region"])
def test_every_second_line_adds_up_to_the_headline(state: Org, line: str) -> None:
    counted(state, event_type="gun", channel="phone")
    counted(state, event_type="suicide", channel="email")
    counted(state, event_type="vandalism")
    parts = getattr(tips_received, line)(Measured(state, TODAY).asked(current().output("A-O2"), YEAR)).amounts
    assert sum(read_amounts(rows)[1].sum() for rows in parts.values()) == 3
