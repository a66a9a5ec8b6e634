"""The whole plan as parts, as they are frozen: its text, and what it lists."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from shelterbelt.plans.models import Course, Goal, Plan, Section
from shelterbelt.plans.queries.drawings import rows_of
from shelterbelt.plans.rules import freezing, outline

RECORD = "record"
"""Kind of a part that is a list rather than a text."""

Parts = list[dict[str, Any]]


def compose(plan: Plan) -> Parts:
    """Every part of the plan as it is written now, in order."""
    return [*_texts(plan), *_lists(plan)]


def _texts(plan: Plan) -> Parts:
    goals = _goals(plan)
    return [
        freezing.part(section.key, section.kind, section.title, section.html, goals[section.pk])
        for section in plan.sections.in_use().to_read()
        if section.html or goals[section.pk]
    ]


def _goals(plan: Plan) -> dict[int, list[dict[str, Any]]]:
    """Goals with their objectives and courses of action, by annex; a school's annex has its district's too."""
    sections = dict(plan.sections.values_list("pk", "source_id"))
    wanted = {*sections, *filter(None, sections.values())}
    rows = Goal.objects.filter(section__in=wanted).prefetch_related("objectives", "courses").order_by("position", "pk")
    by_section: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for goal in rows:
        by_section[goal.section_id].append(_goal(goal))
    return defaultdict(
        list, {own: [*by_section.get(above or 0, []), *by_section.get(own, [])] for own, above in sections.items()}
    )


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "when": goal.when,
        "goal": goal.text,
        "objectives": [objective.text for objective in _placed(goal.objectives.all())],
        "courses": [_course(course) for course in _placed(goal.courses.all())],
    }


def _course(course: Course) -> dict[str, Any]:
    return {"text": course.text, "role": course.role, "minutes": course.minutes}


def _placed(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.position, row.pk))


def _lists(plan: Plan) -> Parts:
    records = [
        ("team", "Planning team", _rows(plan.team, "group", "name", "title", "organization")),
        ("hazards", "Threats and hazards", _hazards(plan)),
        ("actions", "Response actions", _response_actions(plan)),
        (
            "roles",
            "Roles in incident command",
            _rows(plan.roles, "key", "title", "holder", "first_deputy", "second_deputy", "phone"),
        ),
        ("contacts", "Emergency contacts", _contacts(plan)),
        ("places", "Places", _places(plan)),
        ("drawings", "Drawings", rows_of(plan)),
    ]
    parts = [freezing.part(key, RECORD, title, facts=rows) for key, title, rows in records if rows]
    if plan.training:
        parts.append(freezing.part("implementing", RECORD, "Training and practice", plan.training))
    return parts


def _rows(found: "QuerySet[Any] | Any", *names: str) -> list[dict[str, Any]]:
    order = [name for name in ("position",) if _has(found.model, name)]
    return list(found.order_by(*order, "pk").values(*names))


def _has(model: type[Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


def _hazards(plan: Plan) -> list[dict[str, Any]]:
    names = ("key", "name", "category", "probability", "magnitude", "warning", "duration", "priority")
    rated = plan.hazards.exclude(priority="").order_by("-score", "name")
    return [{**row, "score": f"{row['score']:.2f}"} for row in rated.values(*names, "score")]


def _response_actions(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "key": each.key,
            "name": each.name,
            "call": each.call,
            "students": list(each.students),
            "adults": list(each.adults),
        }
        for each in outline.response_actions(plan.protocol)
    ]


def _contacts(plan: Plan) -> list[dict[str, Any]]:
    rows = _rows(plan.contacts, "kind", "name", "title", "organization", "phone", "after_hours", "email", "checked_on")
    return [{**row, "checked_on": row["checked_on"].isoformat() if row["checked_on"] else ""} for row in rows]


def _places(plan: Plan) -> list[dict[str, Any]]:
    return _rows(plan.places, "kind", "name", "where", "is_alternative", "is_off_site", "capacity", "note")


def open_texts(plan: Plan) -> "QuerySet[Section]":
    """Sections in which a text waits to be merged."""
    return plan.sections.filter(revisions__origin="aside", revisions__settled_at=None).distinct()
