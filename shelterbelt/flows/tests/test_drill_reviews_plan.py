"""From a drill to the plan: what it showed asks those who write the plan to look again."""

import uuid
from dataclasses import replace

import pytest

from shelterbelt.drills import actions as drills
from shelterbelt.drills.tests.conftest import facts, learned
from shelterbelt.plans.models import ReviewTask
from shelterbelt.plans.tests.conftest import NOW, acting, begun, browser, today, town

__all__ = ["acting", "begun", "browser", "today", "town"]


@pytest.fixture
def drilled(town, acting):
    """A drill at Linden, written up by its principal."""

    def make(*, told=None, **more):
        with acting("ben") as ben:
            drill = drills.record_drill(
                school=town.linden, drill_id=uuid.uuid4(), facts=facts(**more), by=ben, at=NOW
            ).drill
            drills.write_after_action(drill, learned=told or learned(), by=ben, at=NOW)
        return drill

    return make


def tasks(acting):
    with acting("ben"):
        return list(ReviewTask.objects.filter(kind="lesson").select_related("section"))


def test_a_drill_that_showed_something_asks_for_a_look_at_its_part_of_the_plan(begun, drilled, acting):
    begun("linden")
    drill = drilled(plan_part="lockdown")
    [task] = tasks(acting)
    assert (task.section.key, task.source_kind, task.source_id) == ("lockdown", "drill", str(drill.pk))
    assert "One door" not in task.what  # what was learned stays in the drill's record


def test_written_up_again_it_is_one_task(begun, drilled, acting):
    begun("linden")
    drill = drilled(plan_part="lockdown")
    with acting("ben") as ben:
        drills.write_after_action(drill, learned=learned(improvements="Two doors."), by=ben, at=NOW)
    assert len(tasks(acting)) == 1


def test_a_drill_that_tested_no_part_asks_nothing(begun, drilled, acting):
    begun("linden")
    drilled(plan_part="none")
    assert not tasks(acting)


def test_a_part_that_the_plan_does_not_have_is_a_task_without_a_section(begun, drilled, acting):
    begun("linden")
    drilled(plan_part="other", plan_part_other="Field day")
    [task] = tasks(acting)
    assert task.section is None


def test_without_a_plan_nothing_happens(drilled, acting):
    drilled(plan_part="lockdown")
    assert not tasks(acting)


def test_an_unfinished_record_waits(begun, drilled, acting):
    begun("linden")
    drilled(plan_part="lockdown", told=replace(learned(), strengths="", improvements=""))
    assert not tasks(acting)
