"""Who answers at which hour: by tables, over nights, breaks, summers and the days on which clocks change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from shelterbelt.contacts.defaults import settings
from shelterbelt.contacts.rules import Chain, answers_at, is_full
from shelterbelt.contacts.rules.chains import renumbered, usable
from shelterbelt.contacts.rules.hours import Timetable, usual

CENTRAL = ZoneInfo("America/Chicago")
WINTER_BREAK = (date(2026, 12, 21), date(2027, 1, 4))


def the_timetable() -> Timetable:
    return usual(settings(), opens_at=time(8), closes_at=time(15), breaks=[WINTER_BREAK])


@pytest.mark.parametrize(
    ("local", "in_session"),
    [
        ("2026-11-24 07:59", False),
        ("2026-11-24 08:00", True),
        ("2026-11-24 14:59", True),
        ("2026-11-24 15:00", False),
        ("2026-11-24 02:00", False),
        ("2026-11-28 10:00", False),  # Saturday
        ("2026-11-29 10:00", False),  # Sunday
        ("2026-12-18 10:00", True),  # the Friday before the break
        ("2026-12-21 10:00", False),
        ("2027-01-04 10:00", False),  # its last day
        ("2027-01-05 10:00", True),
        ("2026-07-15 10:00", False),  # summer
        ("2026-08-19 10:00", False),
        ("2026-08-20 10:00", True),
        ("2027-05-31 10:00", True),
        ("2027-06-01 10:00", False),
        ("2027-03-12 08:00", True),  # the Friday before clocks go forward
        ("2027-03-15 07:59", False),  # and the Monday after
        ("2027-03-15 08:00", True),
        ("2026-10-30 14:59", True),  # the Friday before they go back
        ("2026-11-02 08:00", True),
        ("2026-11-02 15:00", False),
    ],
)
def test_school_is_in_session_by_the_clock_on_the_wall(local, in_session):
    at = datetime.fromisoformat(local).replace(tzinfo=CENTRAL)
    assert the_timetable().in_session(at, CENTRAL) is in_session
    assert the_timetable().in_session(at.astimezone(ZoneInfo("UTC")), CENTRAL) is in_session


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_night_both_times(fold):
    at = datetime(2026, 11, 1, 1, 30, tzinfo=CENTRAL, fold=fold)
    assert not the_timetable().in_session(at, CENTRAL)


@pytest.mark.parametrize(
    ("hours", "in_session", "answers"),
    [
        ("always", True, True),
        ("always", False, True),
        ("school_hours", True, True),
        ("school_hours", False, False),
        ("after_hours", True, False),
        ("after_hours", False, True),
    ],
)
def test_nights_and_breaks_go_to_those_who_answer_then(hours, in_session, answers):
    assert answers_at(hours, in_session=in_session) is answers


@pytest.mark.parametrize(
    ("confirmed", "full"),
    [
        ((), False),
        (("always",), False),
        (("always", "always"), True),
        (("school_hours", "after_hours"), True),
        (("school_hours", "school_hours"), False),
        (("school_hours", "always"), True),
    ],
)
def test_a_full_chain_has_two_who_said_yes_and_one_at_every_hour(confirmed, full):
    assert is_full(Chain(confirmed), settings()) is full


@pytest.mark.parametrize(
    ("channels", "dead", "left"),
    [
        (("email", "voice", "sms"), (), ("voice", "sms", "email")),
        (("email", "voice"), ("email",), ("voice",)),
        (("email",), ("email",), ()),
        (("email", "voice"), ("email", "voice"), ()),
    ],
)
def test_an_address_that_came_back_is_not_tried(channels, dead, left):
    assert usable(channels, dead=dead) == left


@pytest.mark.parametrize(
    ("moved", "up", "order"),
    [(2, True, [2, 1, 3]), (2, False, [1, 3, 2]), (1, True, [1, 2, 3]), (3, False, [1, 2, 3])],
)
def test_a_contact_goes_up_and_down(moved, up, order):
    assert renumbered([1, 2, 3], moved, up=up) == order
