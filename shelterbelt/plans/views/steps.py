"""The guided path: six steps, a page and a question for each."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.plans import policy, queries, words
from shelterbelt.plans.models import Plan, Section
from shelterbelt.plans.rules import outline
from shelterbelt.plans.rules.steps import STEPS
from shelterbelt.plans.views.common import note_seen, the_plan, writing_page


@require_safe
@audience("signed_in")
def step(request: PersonRequest, plan_id: int, step: str) -> HttpResponse:
    """One of the six."""
    plan = the_plan(plan_id)
    if step not in STEPS:
        raise Http404
    require(policy.may_see_draft(request.standing, plan))
    note_seen(request, plan, step)
    shown = writing_page(request, plan, step) | _SHOWN[step](request, plan)
    return render(request, f"plans/step_{step}.html", shown)


def _team(_request: PersonRequest, plan: Plan) -> dict[str, Any]:
    return {
        "words": words.LISTS["team"],
        "rows": [(row, *words.said(row)) for row in plan.team.order_by("group", "name")],
        "meetings": plan.meetings.order_by("-held_on")[:5],
    }


def _hazards(_request: PersonRequest, plan: Plan) -> dict[str, Any]:
    rated = list(plan.hazards.exclude(priority="").order_by("-score", "name"))
    return {
        "rated": [(hazard, *words.PRIORITIES[hazard.priority]) for hazard in rated],
        "unrated": plan.hazards.filter(priority="").order_by("name"),
        "annexes": {section.key.removeprefix(outline.HAZARD_PREFIX): section for section in _annexes(plan)},
    }


def _annexes(plan: Plan) -> Any:
    return plan.sections.in_use().in_order().exclude(kind=Section.Kind.BASIC).defer("body")


def _goals(_request: PersonRequest, plan: Plan) -> dict[str, Any]:
    goals = plan.goals.prefetch_related("objectives", "courses").order_by("position", "pk")
    by_section: dict[int, list[Any]] = {}
    for goal in goals:
        by_section.setdefault(goal.section_id, []).append(goal)
    annexes = [(section, by_section.get(section.pk, [])) for section in _annexes(plan)]
    return {"annexes": annexes, "with_goals": [pair for pair in annexes if pair[1]]}


def _writing(_request: PersonRequest, plan: Plan) -> dict[str, Any]:
    sections = list(plan.sections.to_read().select_related("source").defer("body"))
    kinds = [
        (label, [_line(section) for section in sections if section.kind == kind])
        for kind, label in Section.Kind.choices
    ]
    return {
        "kinds": kinds,
        "tasks": plan.tasks.open().filter(kind="district_change").first_due_first().select_related("section"),
        "draft": queries.draft_of(plan),
    }


def _line(section: Section) -> tuple[Section, str, Any]:
    return (section, *words.STATES[section.state])


def _implementing(request: PersonRequest, plan: Plan) -> dict[str, Any]:
    year, draft = SchoolYear.of(request.today), queries.draft_of(plan)
    return {
        "draft": draft,
        "no_review": policy.may_send_to_review(request.standing, draft),
        "in_force": queries.in_force_of(plan),
        "year": year,
        "is_attested": plan.attested_on is not None and plan.attested_on >= year.starts_on,
        "no_attest": policy.may_attest(request.standing, plan),
        "lists": [(name, words.LISTS[name], getattr(plan, name).count()) for name in ("contacts", "roles", "places")],
        "protocol": outline.protocols().get(plan.protocol, plan.protocol),
        "actions": outline.response_actions(plan.protocol),
        "tasks": plan.tasks.open().exclude(kind="district_change").first_due_first(),
    }


_SHOWN: dict[str, Callable[[PersonRequest, Plan], dict[str, Any]]] = {
    "team": _team,
    "hazards": _hazards,
    "goals": _goals,
    "courses": _goals,
    "writing": _writing,
    "implementing": _implementing,
}
