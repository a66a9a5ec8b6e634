"""Recommendation D-L5, explained."""

from dataclasses import asdict
from datetime import date
from types import SimpleNamespace

import pytest

from shelterbelt.drills import rules
from shelterbelt.drills.tests.conftest import facts, learned

SHOOTER = {
    "kind": "active_shooter",
    "plan_part": "active_shooter",
    "held_on": date(2026, 9, 15),
    "parents_told_on": date(2026, 9, 1),
    "simulated_with_students": False,
    "debriefed": True,
}


def a_drill(**more):
    return SimpleNamespace(**{**asdict(facts()), **asdict(learned()), **more})


def explained(*drills):
    return rules.two_drills_as_recommended(drills)


def test_one_active_shooter_drill_and_one_other_meet_it():
    found = explained(a_drill(**SHOOTER), a_drill())
    assert found.is_met
    assert [str(line.sentence) for line in found.lines] == [
        "The active shooter drill of September 15, 2026 counts.",
        "The lockdown drill of October 1, 2026 counts.",
    ]


def test_without_drills_both_are_missing():
    found = explained()
    assert not found.is_met
    assert [line.drill for line in found.lines] == [None, None]


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        ({"law_enforcement_present": False}, "Law enforcement"),
        ({"fire_present": False}, "first responders"),
        ({"plan_part": ""}, "part of the plan"),
        ({"strengths": ""}, "complete"),
    ],
)
def test_what_a_drill_lacks_is_said(lack, words):
    found = explained(a_drill(**SHOOTER), a_drill(**lack))
    assert not found.is_met
    assert any(words in str(each) for each in found.lines[1].lacks)
    assert found.lines[0].is_met


@pytest.mark.parametrize("who", ["ems_present", "emergency_management_present"])
def test_others_are_first_responders_too(who):
    assert explained(a_drill(**SHOOTER), a_drill(**{"fire_present": False, who: True})).is_met


def test_the_other_drill_tests_another_part():
    found = explained(a_drill(**(SHOOTER | {"plan_part": "lockdown"})), a_drill())
    assert not found.is_met
    assert "same part" in str(found.lines[1].lacks[0])


def test_two_active_shooter_drills_are_not_enough():
    found = explained(a_drill(**SHOOTER), a_drill(**(SHOOTER | {"plan_part": "lockdown"})))
    assert found.lines[1].drill is None


def test_the_drill_that_lacks_least_is_explained():
    poor = a_drill(kind="fire", law_enforcement_present=False, fire_present=False, held_on=date(2026, 8, 20))
    good = a_drill(kind="tornado", plan_part="shelter")
    assert explained(poor, a_drill(**SHOOTER), good).lines[1].drill is good


def test_a_real_incident_is_no_drill():
    assert explained(a_drill(**SHOOTER), a_drill(nature="incident", incident_class="knife")).lines[1].drill is None


def test_of_two_active_shooter_drills_the_one_that_fits_is_taken():
    on_lockdown = SHOOTER | {"plan_part": "lockdown", "held_on": date(2026, 9, 20)}
    other = a_drill(plan_part="active_shooter")
    found = explained(a_drill(**SHOOTER), a_drill(**on_lockdown), other)
    assert found.is_met
    assert [line.drill.held_on for line in found.lines] == [date(2026, 9, 20), other.held_on]


@pytest.mark.parametrize(("name", "is_another"), [("Pool", True), (" stadium ", False)])
def test_parts_with_a_schools_own_name_are_told_apart_by_it(name, is_another):
    stadium = SHOOTER | {"plan_part": "other", "plan_part_other": "Stadium"}
    assert explained(a_drill(**stadium), a_drill(plan_part="other", plan_part_other=name)).is_met is is_another


def test_a_name_left_over_beside_a_usual_part_makes_no_other_part():
    same = {"plan_part": "active_shooter", "plan_part_other": "Stadium"}
    assert not explained(a_drill(**SHOOTER), a_drill(**same)).is_met
