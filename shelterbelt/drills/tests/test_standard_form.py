"""What a finished record says."""

from dataclasses import asdict
from datetime import date, time
from types import SimpleNamespace

import pytest

from shelterbelt.drills import rules
from shelterbelt.drills.models import Kind
from shelterbelt.drills.tests.conftest import facts, learned


def a_record(**more):
    return SimpleNamespace(**{**asdict(facts()), **asdict(learned()), **more})


def missing(**more):
    return [each.field for each in rules.missing_from(a_record(**more))]


def test_a_full_record_misses_nothing():
    assert missing() == []


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("started_at", None),
        ("minutes", None),
        ("is_announced", None),
        ("plan_part", ""),
        ("students", None),
        ("staff", None),
        ("law_enforcement_present", None),
        ("fire_present", None),
        ("strengths", ""),
        ("improvements", "  "),
        ("accommodations", ""),
        ("held_on", None),
    ],
)
def test_each_answer_is_asked_for_with_a_reason(field, empty):
    found = rules.missing_from(a_record(**{field: empty}))
    assert [each.field for each in found] == [field]
    assert found[0].reason.endswith(".")


def test_no_and_zero_are_answers():
    assert missing(is_announced=False, law_enforcement_present=False, fire_present=False, students=0) == []


def test_a_drill_without_anybody_is_not_complete():
    assert missing(students=0, staff=0) == ["students"]


def test_another_part_must_be_named():
    assert missing(plan_part="other", plan_part_other=" ") == ["plan_part"]
    assert missing(plan_part="other", plan_part_other="Pool") == []


def test_an_active_shooter_drill_is_asked_for_more():
    asked = ["parents_told_on", "simulated_with_students", "debriefed"]
    assert missing(kind="active_shooter") == asked
    answers = {"parents_told_on": date(2026, 9, 20), "simulated_with_students": False, "debriefed": True}
    assert missing(kind="active_shooter", **answers) == []


def test_parents_are_not_told_when_no_student_takes_part():
    assert missing(kind="active_shooter", students=0) == ["simulated_with_students", "debriefed"]


def test_an_incident_needs_its_class_time_and_summary():
    nothing = {"minutes": None, "is_announced": None, "strengths": "", "improvements": "", "plan_part": ""}
    assert missing(nature="incident", incident_class="", started_at=None, summary="", **nothing) == [
        "started_at",
        "incident_class",
        "summary",
    ]
    assert missing(nature="threat", incident_class="firearm", started_at=time(9), summary="A call.", **nothing) == []


def test_the_kinds_of_rules_and_tables_are_the_same():
    assert set(rules.KINDS) == set(Kind.values)
    assert {each.usual_part for each in rules.KINDS.values()} - {""} <= set(rules.PLAN_PARTS)


@pytest.mark.parametrize(
    ("now", "wanted", "allowed"),
    [
        ("scheduled", "held", True),
        ("scheduled", "cancelled", True),
        ("held", "cancelled", True),
        ("held", "held", True),
        ("held", "scheduled", False),
        ("cancelled", "held", False),
        ("cancelled", "scheduled", False),
    ],
)
def test_a_drill_moves_along_its_line(now, wanted, allowed):
    assert rules.may_become(now, wanted) is allowed
