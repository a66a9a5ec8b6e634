"""Business days of Missouri, and what an answer lacks."""

from datetime import date

import pytest

from shelterbelt.disclosure.rules import Part, due_on, is_business_day, law, missing

OURS = law("MO")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 16), date(2026, 11, 19)),  # Monday to Thursday
        (date(2026, 11, 20), date(2026, 11, 25)),  # Friday: the weekend does not count
        (date(2026, 11, 24), date(2026, 11, 30)),  # Thanksgiving on the 26th
        (date(2026, 11, 21), date(2026, 11, 25)),  # came on a Saturday
        (date(2026, 12, 23), date(2026, 12, 29)),  # Christmas on a Friday
        (date(2028, 12, 29), date(2029, 1, 4)),  # New Year's Day on a Monday
        (date(2022, 12, 30), date(2023, 1, 5)),  # New Year's Day on a Sunday, kept on the Monday
    ],
)
def test_the_third_business_day_after_it_came(received, due):
    assert due_on(received, OURS) == due


@pytest.mark.parametrize(
    "day",
    [date(2026, 5, 25), date(2026, 1, 19), date(2026, 2, 12), date(2026, 2, 16), date(2026, 5, 8), date(2026, 6, 19)],
)
def test_holidays_of_the_state(day):
    assert not is_business_day(day, OURS)


def test_a_ground_holds_from_its_day_on():
    assert OURS.exemption("response-plans", date(2013, 8, 27)) is None
    assert OURS.exemption("response-plans", date(2013, 8, 28)) is not None


def test_a_state_nobody_wrote_down_is_told_so():
    with pytest.raises(ValueError, match="Nobody has written down"):
        law("ZZ")


def test_what_stands_between_a_request_and_its_answer():
    parts = [
        Part("a", "open", is_closed_class=True, has_file=True, has_ground=False),
        Part("b", "separated", is_closed_class=True, has_file=False, has_ground=True),
        Part("c", "closed", is_closed_class=True, has_file=False, has_ground=False),
        Part("d", "open", is_closed_class=False, has_file=True, has_ground=False),
    ]
    assert missing(parts) == [("is_closed", "a"), ("no_file", "b"), ("no_ground", "c")]
