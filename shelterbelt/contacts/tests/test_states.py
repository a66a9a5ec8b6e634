"""The states of a contact, by tables."""

from datetime import UTC, datetime, timedelta

import pytest

from shelterbelt.contacts.defaults import settings
from shelterbelt.contacts.rules import NEXT, asking_due, is_red, may_become, state_of

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)


def test_every_state_that_may_be_become_is_a_state():
    assert set().union(*NEXT.values()) <= set(NEXT)


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ("unconfirmed", "confirmed", True),
        ("unconfirmed", "stale", False),
        ("confirmed", "stale", True),
        ("confirmed", "unconfirmed", True),
        ("stale", "confirmed", True),
        ("bounced", "unconfirmed", True),
        ("bounced", "stale", False),
        ("retired", "confirmed", False),
        ("retired", "unconfirmed", False),
    ],
)
def test_a_contact_goes_from_state_to_state(before, after, may):
    assert may_become(before, after) is may


@pytest.mark.parametrize(
    ("kept", "days_ago", "state"),
    [
        ("confirmed", 0, "confirmed"),
        ("confirmed", 180, "confirmed"),
        ("confirmed", 181, "stale"),
        ("confirmed", None, "stale"),
        ("unconfirmed", None, "unconfirmed"),
        ("bounced", 1, "bounced"),
        ("retired", 400, "retired"),
    ],
)
def test_a_yes_holds_for_180_days(kept, days_ago, state):
    verified_at = None if days_ago is None else NOW - timedelta(days=days_ago)
    assert state_of(kept, verified_at, NOW, settings().verified_for) == state


def test_180_days_are_days_of_24_hours_also_over_the_change_of_clocks():
    summer = datetime(2026, 5, 28, 18, tzinfo=UTC)
    assert state_of("confirmed", summer, summer + timedelta(days=180), settings().verified_for) == "confirmed"
    assert state_of("confirmed", summer, summer + timedelta(days=180, seconds=1), settings().verified_for) == "stale"


@pytest.mark.parametrize(
    ("days_since_first", "times_asked", "due"),
    [
        (None, 0, 0),
        (0, 1, None),
        (6, 1, None),
        (7, 1, 1),
        (7, 2, None),
        (21, 2, 2),
        (21, 3, None),
        (300, 3, None),
        (25, 1, 2),
    ],
)
def test_somebody_is_asked_at_once_after_a_week_and_after_three(days_since_first, times_asked, due):
    first = None if days_since_first is None else NOW - timedelta(days=days_since_first)
    assert asking_due(first, times_asked, NOW, settings()) == due


@pytest.mark.parametrize(
    ("state", "days_since_first", "red"),
    [
        ("confirmed", None, False),
        ("unconfirmed", None, False),
        ("unconfirmed", 27, False),
        ("unconfirmed", 28, True),
        ("stale", 28, True),
        ("bounced", None, True),
        ("retired", 400, False),
    ],
)
def test_whoever_never_answers_turns_red(state, days_since_first, red):
    first = None if days_since_first is None else NOW - timedelta(days=days_since_first)
    assert is_red(state, first, NOW, settings()) is red
