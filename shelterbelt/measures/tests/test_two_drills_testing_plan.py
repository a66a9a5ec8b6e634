"""D-O5: two drills, each testing a named part of the emergency plan; and D-L5's stricter reading."""

from datetime import date
from typing import Any

from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, answer_of, hold
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current

WITH_POLICE_AND_FIRE: dict[str, Any] = {"law_enforcement_present": True, "fire_present": True}


def test_a_drill_that_tests_no_part_of_the_plan_does_not_count(state: Org, school: Org) -> None:
    hold(school)
    hold(school, on=date(2026, 11, 2), plan_part="none")
    assert answer_of(state, "D-O5", school.pk) == Answer.NOT_MET

    hold(school, on=date(2026, 11, 3), plan_part="shelter")
    assert answer_of(state, "D-O5", school.pk) == Answer.MET


def _as_recommended(state: Org) -> int:
    [line] = second_lines(Measured(state, TODAY), current().output("D-O5"), YEAR)
    assert line.figure is not None
    return line.figure.met


def test_d_l5_asks_for_an_active_shooter_drill_and_another_with_responders_at_each(state: Org, school: Org) -> None:
    hold(school, kind="fire", plan_part="evacuation", **WITH_POLICE_AND_FIRE)
    hold(school, kind="tornado", plan_part="shelter", **WITH_POLICE_AND_FIRE)
    assert answer_of(state, "D-O5", school.pk) == Answer.MET
    assert _as_recommended(state) == 0

    hold(school, kind="active_shooter", plan_part="lockdown", law_enforcement_present=True)
    assert _as_recommended(state) == 0, "no other responder came to it"

    hold(school, kind="active_shooter", plan_part="lockdown", ems_present=True, law_enforcement_present=True)
    assert _as_recommended(state) == 1


def test_two_drills_on_the_same_part_of_the_plan_are_not_what_d_l5_asks(state: Org, school: Org) -> None:
    hold(school, kind="active_shooter", plan_part="lockdown", **WITH_POLICE_AND_FIRE)
    hold(school, kind="lockdown", plan_part="lockdown", **WITH_POLICE_AND_FIRE)

    assert _as_recommended(state) == 0
