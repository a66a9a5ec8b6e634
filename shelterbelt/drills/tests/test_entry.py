"""What cannot be true is told in a sentence."""

from datetime import date, datetime, time

import pytest

from shelterbelt.drills import rules
from shelterbelt.drills.tests.conftest import facts, learned

NOW = datetime(2026, 10, 15, 15, 0)


def problems(opened_on=date(1990, 7, 1), closed_on=None, **more):
    return {
        each.field: str(each.sentence)
        for each in rules.problems_of_facts(facts(**more), now=NOW, opened_on=opened_on, closed_on=closed_on)
    }


def test_a_plausible_drill_has_no_problem():
    assert problems() == {}


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"held_on": date(2026, 10, 16)}, "held_on", "Schedule it instead"),
        (
            {"held_on": date(2062, 10, 16), "nature": "incident", "incident_class": "knife"},
            "held_on",
            "hasn't come yet",
        ),
        ({"held_on": date(1926, 10, 1)}, "held_on", "Check the year"),
        ({"held_on": date(2026, 10, 15), "started_at": time(15, 1)}, "started_at", "hasn't come yet today"),
        ({"minutes": 0}, "minutes", "from 1 to 1440"),
        ({"minutes": 1441}, "minutes", "from 1 to 1440"),
        ({"minutes": -5}, "minutes", "from 1 to 1440"),
        ({"students": -1}, "students", "from 0 to 20000"),
        ({"staff": 20_001}, "staff", "from 0 to 20000"),
        ({"visitors": -3}, "visitors", "from 0 to 20000"),
        ({"kind": "yoga"}, "kind", "from the list"),
        ({"plan_part": "yoga"}, "plan_part", "from the list"),
        ({"plan_part": "other"}, "plan_part_other", "which other part"),
        ({"nature": "threat"}, "incident_class", "Choose what it was"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(more, field, words):
    found = problems(**more)
    assert list(found) == [field]
    assert words in found[field]


def test_a_school_that_was_not_open_held_no_drill():
    assert "opened on October 2, 2026" in problems(opened_on=date(2026, 10, 2))["held_on"]
    assert "closed since October 1, 2026" in problems(closed_on=date(2026, 10, 1))["held_on"]
    assert problems(opened_on=date(2026, 10, 1), closed_on=date(2026, 10, 2)) == {}


@pytest.mark.parametrize(
    ("planned_on", "words"),
    [
        (date(2026, 10, 14), "record it"),
        (date(2036, 10, 14), "two years ahead"),
        (date(2027, 6, 30), "closed since"),
    ],
)
def test_a_drill_is_planned_for_a_day_ahead(planned_on, words):
    found = rules.problems_of_plan(
        planned_on, "fire", "", today=NOW.date(), opened_on=date(1990, 1, 1), closed_on=date(2027, 6, 30)
    )
    assert [each.field for each in found] == ["planned_on"]
    assert words in str(found[0].sentence)


def test_today_is_a_day_for_a_drill():
    day = NOW.date()
    assert rules.problems_of_plan(day, "fire", "", today=day, opened_on=day, closed_on=None) == []


@pytest.mark.parametrize("told", [date(2026, 10, 16), date(2025, 1, 1)])
def test_parents_are_told_on_a_day_that_can_be(told):
    found = rules.problems_of_learned(learned(parents_told_on=told), held_on=date(2026, 10, 1), today=NOW.date())
    assert [each.field for each in found] == ["parents_told_on"]
