"""What the dated requirement rules ask, and how far a school is."""

from datetime import date
from types import SimpleNamespace

import pytest

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills import requirements, rules

YEAR = SchoolYear(2026)
SCHOOL = rules.School("public", frozenset({"29019"}), date(1990, 7, 1))
MISSOURI = requirements.for_state("MO")
FIRE = [each for each in MISSOURI if each.id == "msip-fire"]


def a_drill(held_on=None, planned_on=None, **more):
    given = {"nature": "drill", "kind": "fire", "plan_part": "evacuation", "students": 300}
    status = "held" if held_on else "scheduled"
    return SimpleNamespace(**(given | {"held_on": held_on, "planned_on": planned_on, "status": status} | more))


def fire_state(on, *drills, school=SCHOOL):
    (found,) = rules.due(FIRE, YEAR, drills, on, school)
    return found.state, found.due_on


@pytest.mark.parametrize(
    ("on", "drills", "expected"),
    [
        (date(2026, 9, 1), (), ("open", date(2026, 12, 31))),
        (date(2027, 1, 1), (), ("overdue", date(2026, 12, 31))),
        (date(2026, 12, 31), (), ("open", date(2026, 12, 31))),
        (date(2026, 10, 1), (a_drill(date(2026, 9, 8)),), ("open", date(2027, 5, 31))),
        (date(2027, 6, 1), (a_drill(date(2026, 9, 8)),), ("overdue", date(2027, 5, 31))),
        (date(2026, 10, 1), (a_drill(date(2026, 9, 8)), a_drill(date(2026, 9, 9))), ("done", date(2027, 5, 31))),
        (date(2026, 10, 1), (a_drill(planned_on=date(2026, 11, 1)),), ("open", date(2026, 12, 31))),
        (
            date(2026, 10, 1),
            (a_drill(planned_on=date(2026, 11, 1)), a_drill(planned_on=date(2027, 3, 1))),
            ("scheduled", date(2026, 12, 31)),
        ),
        (
            date(2026, 10, 1),
            (a_drill(planned_on=date(2027, 2, 1)), a_drill(planned_on=date(2027, 3, 1))),
            ("open", date(2026, 12, 31)),
        ),
    ],
)
def test_two_fire_drills_one_in_each_half(on, drills, expected):
    assert fire_state(on, *drills) == expected


def test_a_planned_drill_whose_day_has_passed_plans_nothing():
    assert fire_state(date(2027, 1, 2), a_drill(planned_on=date(2026, 12, 1)))[0] == "overdue"


def test_last_years_drills_and_later_ones_do_not_count():
    found = fire_state(date(2026, 10, 1), a_drill(date(2026, 6, 30)), a_drill(date(2026, 10, 2)))
    assert found == ("open", date(2026, 12, 31))


def test_a_school_that_opens_in_january_is_asked_for_the_second_half():
    opened = rules.School("public", frozenset(), date(2027, 1, 4))
    assert fire_state(date(2027, 2, 1), school=opened) == ("open", date(2027, 5, 31))


def asked(sector="public", county="29019", year=YEAR):
    school = rules.School(sector, frozenset({county}), date(1990, 7, 1))
    return {each.requirement.id for each in rules.due(MISSOURI, year, (), year.starts_on, school)}


def test_the_plan_asks_every_kind_of_school():
    for sector in ("public", "charter", "private", "parochial"):
        assert {"plan-active-shooter", "plan-another-part"} <= asked(sector)


def test_the_law_asks_public_and_charter_schools():
    assert "law-active-shooter-students" in asked("charter")
    assert "law-active-shooter-students" not in asked("private")


def test_a_rule_holds_from_its_day():
    assert "law-active-shooter-students" not in asked(year=SchoolYear(2025))
    assert "msip-fire" not in asked(year=SchoolYear(2021))


def test_earthquakes_are_practised_where_the_ground_would_shake():
    assert "law-earthquake" in asked(county="29143")
    assert "law-earthquake" not in asked(county="29019")


@pytest.mark.parametrize(
    ("requirement", "drill", "counts"),
    [
        ("plan-another-part", {"kind": "fire"}, True),
        ("plan-another-part", {"kind": "active_shooter"}, False),
        ("plan-another-part", {"kind": "fire", "plan_part": ""}, False),
        ("plan-active-shooter", {"kind": "active_shooter", "students": 0}, True),
        ("law-active-shooter-students", {"kind": "active_shooter", "students": 0}, False),
        ("law-active-shooter-students", {"kind": "active_shooter"}, True),
        ("msip-fire", {"kind": "fire", "nature": "incident"}, False),
    ],
)
def test_which_drill_answers_which_rule(requirement, drill, counts):
    rule = [each for each in MISSOURI if each.id == requirement]
    (found,) = rules.due(rule, YEAR, [a_drill(date(2026, 9, 1), **drill)], date(2026, 10, 1), SCHOOL)
    assert bool(found.held) is counts


def test_what_is_due_first_stands_first_and_done_last():
    done = [a_drill(date(2026, 9, 8)), a_drill(date(2026, 9, 9))]
    found = rules.due(MISSOURI, YEAR, done, date(2026, 10, 1), SCHOOL)
    assert [each.is_done for each in found] == sorted(each.is_done for each in found)
    open_days = [each.due_on for each in found if not each.is_done]
    assert open_days == sorted(open_days)
