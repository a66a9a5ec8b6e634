"""D-O5: two drills, each testing a named part of the emergency plan; and D-L5's stricter reading."""

from datetime import date, time
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from shelterbelt.drills import queries, rules
from shelterbelt.drills.models import Drill
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


FULL: dict[str, Any] = {
    "started_at": time(9, 30), "minutes": 5, "is_announced": True, "students": 300, "staff": 30, "strengths": "Quiet.",
    "improvements": "One door.", "accommodations": "Nobody needed any.", "parents_told_on": date(2026, 9, 1),
    "simulated_with_students": False, "debriefed": True, "ems_present": False,
}  # fmt: skip
a_drill = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["active_shooter", "active_shooter", "lockdown", "fire"]),
        "plan_part": st.sampled_from(["lockdown", "evacuation", "other", "other", "none", ""]),
        "plan_part_other": st.sampled_from(["Stadium", " stadium", "Pool", "École", "école", ""]),
        "law_enforcement_present": st.sampled_from([True, True, True, False]),
        "fire_present": st.sampled_from([True, True, True, False]),
        "minutes": st.sampled_from([5, 5, 5, None]),
    }
)


def _hold_as_written(school: Org, answers: dict[str, Any]) -> None:
    drill = hold(school, complete=False, **(FULL | answers))
    if not rules.missing_from(drill):
        Drill.objects.filter(pk=drill.pk).update(completed_on=drill.held_on)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drills=st.lists(a_drill, min_size=2, max_size=5))
def test_the_page_and_the_figure_agree_on_d_l5(state: Org, school: Org, drills: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        for answers in drills:
            _hold_as_written(school, answers)
        on_the_page = queries.two_drills(school, YEAR, TODAY).is_met
        assert _as_recommended(state) == int(on_the_page)
        transaction.set_rollback(True)


def test_parts_with_a_schools_own_name_are_told_apart_by_it(state: Org, school: Org) -> None:
    own: dict[str, Any] = {"plan_part": "other", **WITH_POLICE_AND_FIRE}
    hold(school, kind="active_shooter", plan_part_other="Stadium", **own)
    hold(school, kind="fire", plan_part_other="stadium ", **own)
    assert _as_recommended(state) == 0

    hold(school, kind="fire", plan_part_other="Pool", **own)
    assert _as_recommended(state) == 1
