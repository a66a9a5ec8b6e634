"""What a plan lists: add, change, remove, look up again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.plans import actions, policy, words
from shelterbelt.plans.actions.listing import Row
from shelterbelt.plans.forms.lists import FORMS
from shelterbelt.plans.models import Plan, PlanContact
from shelterbelt.plans.views.common import note_seen, telling, the_plan, writing_page

STEP_OF = {
    "team": "team",
    "meetings": "team",
    "contacts": "implementing",
    "roles": "implementing",
    "places": "implementing",
}


@require_safe
@audience("signed_in")
def listed(request: PersonRequest, plan_id: int, list_name: str) -> HttpResponse:
    """One list."""
    plan = _the_list(plan_id, list_name)
    require(policy.may_see_draft(request.standing, plan))
    note_seen(request, plan, list_name)
    since = SchoolYear.of(request.today).starts_on
    shown = _page(request, plan, list_name) | {
        "rows": [_shown(row, since) for row in _rows(plan, list_name)],
        "no_check": policy.may_attest(request.standing, plan),
    }
    return render(request, "plans/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def add(request: PersonRequest, plan_id: int, list_name: str) -> HttpResponse:
    """Add one."""
    plan = _the_list(plan_id, list_name)
    require(policy.may_write(request.standing, plan))
    form = FORMS[list_name](request.POST or None)
    if form.is_valid():
        with telling(form):
            actions.add_row(plan=plan, to=list_name, by=request.standing, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect(*_after(request, plan, list_name))
    shown = _page(request, plan, list_name) | {"form": form}
    return render(request, "plans/list_add.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def change(request: PersonRequest, plan_id: int, list_name: str, row_id: int) -> HttpResponse:
    """Change one, or take it off the list."""
    plan, row = _the_row(plan_id, list_name, row_id)
    require(policy.may_write(request.standing, plan))
    form = FORMS[list_name](request.POST or None, initial=_initial(row, list_name))
    if form.is_valid():
        with telling(form):
            actions.change_row(row=row, by=request.standing, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect(*_after(request, plan, list_name))
    shown = _page(request, plan, list_name) | {"form": form, "row": row, "heading": words.said(row)[0]}
    return render(request, "plans/list_change.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
@at_most(600, per="hour", of="plans")
def remove(request: PersonRequest, plan_id: int, list_name: str, row_id: int) -> HttpResponse:
    """Take one off the list."""
    plan, row = _the_row(plan_id, list_name, row_id)
    try:
        actions.remove_row(row=row, by=request.standing)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken off the list. Versions that were adopted keep it."))
    return redirect("plans:list", plan.pk, list_name)


@require_POST
@audience("signed_in")
@at_most(600, per="hour", of="plans")
def check(request: PersonRequest, plan_id: int, row_id: int) -> HttpResponse:
    """Say that a contact was looked up, and still holds."""
    plan, row = _the_row(plan_id, "contacts", row_id)
    if not isinstance(row, PlanContact):
        raise Http404
    actions.check_contact(contact=row, by=request.standing, at=clock.now())
    messages.success(request, _("%(name)s was looked up today.") % {"name": row.name})
    return redirect("plans:list", plan.pk, "contacts")


def _the_list(plan_id: int, list_name: str) -> Plan:
    plan = the_plan(plan_id)
    if list_name not in FORMS:
        raise Http404
    return plan


def _the_row(plan_id: int, list_name: str, row_id: int) -> tuple[Plan, Row]:
    plan = _the_list(plan_id, list_name)
    rows: Any = actions.LISTS[list_name]._default_manager  # of whichever table the list is
    row: Row = get_object_or_404(rows.filter(plan=plan), pk=row_id)
    row.plan = plan
    return plan, row


def _rows(plan: Plan, list_name: str) -> list[Any]:
    order = {
        "team": ("group", "name"),
        "meetings": ("-held_on",),
        "contacts": ("kind", "name"),
        "places": ("kind", "name"),
    }
    return list(getattr(plan, list_name).order_by(*order.get(list_name, ("position",)), "pk"))


def _shown(row: Row, since: Any) -> dict[str, Any]:
    heading, lines = words.said(row)
    is_old = isinstance(row, PlanContact) and (row.checked_on is None or row.checked_on < since)
    return {"row": row, "heading": heading, "lines": [line for line in lines if line], "is_old": is_old}


def _initial(row: Row, list_name: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FORMS[list_name].base_fields}


def _page(request: PersonRequest, plan: Plan, list_name: str) -> dict[str, Any]:
    told = words.LISTS[list_name]
    return writing_page(request, plan, STEP_OF[list_name], str(told.title)) | {"words": told, "list_name": list_name}


def _after(request: PersonRequest, plan: Plan, list_name: str) -> tuple[Any, ...]:
    if "another" in request.POST:
        return ("plans:list_add", plan.pk, list_name)
    return ("plans:step", plan.pk, "team") if list_name == "team" else ("plans:list", plan.pk, list_name)
