"""Goals, objectives and courses of action of an annex."""

from collections.abc import Sequence

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.plans.actions.writing import locked
from shelterbelt.plans.models import Course, Goal, Objective
from shelterbelt.plans.policy import may_write_section


@transaction.atomic
def add_goal(*, section_id: int, when: str, text: str, by: Standing, objectives: Sequence[str] = ()) -> Goal:
    """Say what an annex is to achieve, and by which steps one can tell."""
    section = locked(section_id)
    require(may_write_section(by, section))
    place = section.goals.count()
    goal = Goal.objects.create(
        plan=section.plan, org_id=section.org_id, section=section, when=when, text=text, position=place
    )
    _set_objectives(goal, objectives)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, when: str, text: str, by: Standing, objectives: Sequence[str] = ()) -> Goal:
    """Change a goal. Objectives are named anew as a whole."""
    require(may_write_section(by, locked(goal.section_id)))
    goal.when, goal.text = when, text
    goal.save(update_fields=["when", "text"])
    goal.objectives.all().delete()
    _set_objectives(goal, objectives)
    return goal


@transaction.atomic
def remove_goal(*, goal: Goal, by: Standing) -> None:
    """Take a goal out, with its courses of action. Frozen versions keep it."""
    require(may_write_section(by, locked(goal.section_id)))
    goal.delete()


@transaction.atomic
def add_course(*, goal: Goal, text: str, role: str, by: Standing, minutes: int | None = None) -> Course:
    """Say who does what for a goal."""
    require(may_write_section(by, locked(goal.section_id)))
    place = goal.courses.count()
    return Course.objects.create(goal=goal, org_id=goal.org_id, text=text, role=role, minutes=minutes, position=place)


@transaction.atomic
def remove_course(*, course: Course, by: Standing) -> None:
    """Take a course of action out."""
    require(may_write_section(by, locked(course.goal.section_id)))
    course.delete()


def _set_objectives(goal: Goal, texts: Sequence[str]) -> None:
    Objective.objects.bulk_create(
        Objective(goal=goal, org_id=goal.org_id, text=text, position=place) for place, text in enumerate(texts)
    )
