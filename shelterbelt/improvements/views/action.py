"""One corrective action: plan it, say where it stands, say that it is done, check it, or accept the risk."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.improvements import policy, queries
from shelterbelt.improvements.actions import (
    accept_risk,
    change_action,
    finish_action,
    move_action,
    plan_action,
    verify_action,
)
from shelterbelt.improvements.forms import AcceptForm, FinishForm, MoveForm, NewPlanForm, PlanForm
from shelterbelt.improvements.models import CorrectiveAction
from shelterbelt.improvements.rules import NEXT
from shelterbelt.improvements.views.common import crumbs, tell, the_action, the_finding

BY_ITSELF = ("assigned", "in_progress", "awaiting_funds")
"""Where it can be put without saying more."""


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def plan(request: PersonRequest, finding_id: UUID) -> HttpResponse:
    """What is done about a finding."""
    found = the_finding(finding_id)
    require(policy.may_plan_action(request.standing, found))
    form = NewPlanForm(request.POST or None, people=queries.people_at(found.org, request.today))
    if form.is_valid():
        try:
            plan_action(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("It is planned."))
            return redirect("improvements:finding", found.pk)
    heading = _("What is to be done, by whom, until when?")
    way = crumbs(request, found.org, heading, (_("A finding"), reverse("improvements:finding", args=[found.pk])))
    shown = {
        "form": form,
        "org": found.org,
        "crumbs": way,
        "heading": heading,
        "lead": found.what,
        "verb": _("Plan it"),
    }
    return render(request, "improvements/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def action(request: PersonRequest, corrective_id: UUID) -> HttpResponse:
    """Where it stands, and what comes next."""
    found = the_action(corrective_id)
    moves = [(key, CorrectiveAction.Status(key).label) for key in BY_ITSELF if key in NEXT[found.status]]
    form = MoveForm(request.POST or None, moves=moves)
    if form.is_valid():
        try:
            move_action(found, by=request.standing, to=form.cleaned_data["to"])
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("improvements:action", found.pk)
    shown = {
        "action": found,
        "form": form if moves else None,
        "crumbs": crumbs(request, found.org, _("A corrective action")),
        "overdue": found.is_overdue(request.today),
        "no_moving": policy.may_move_action(request.standing, found),
        "no_changing": policy.may_change_action(request.standing, found),
        "no_checking": policy.may_verify_action(request.standing, found),
        "no_accepting": policy.may_accept_risk(request.standing, found),
        "can_finish": "done" in NEXT[found.status],
        "can_accept": "risk_accepted" in NEXT[found.status],
    }
    return render(request, "improvements/action.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def change(request: PersonRequest, corrective_id: UUID) -> HttpResponse:
    """Change what is to be done, by whom, until when, from what money."""
    found = the_action(corrective_id)
    require(policy.may_change_action(request.standing, found))
    people = queries.people_at(found.org, request.today)
    form = PlanForm(request.POST or None, people=people, initial=PlanForm.of(found))

    def keep() -> None:
        change_action(found, by=request.standing, at=clock.now(), **form.cleaned_data)

    return _answered(request, found, form, keep, _("Change what is planned"), _("Keep the change"))


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def finish(request: PersonRequest, corrective_id: UUID) -> HttpResponse:
    """Say that it is done."""
    found = the_action(corrective_id)
    require(policy.may_move_action(request.standing, found))
    form = FinishForm(request.POST or None, initial={"done_on": request.today})

    def keep() -> None:
        finish_action(found, by=request.standing, at=clock.now(), **form.cleaned_data)

    return _answered(request, found, form, keep, _("What was done?"), _("It is done"))


@require_POST
@audience("signed_in")
def verify(request: PersonRequest, corrective_id: UUID) -> HttpResponse:
    """Say that one has looked, and it is done."""
    found = the_action(corrective_id)
    verify_action(found, by=request.standing, at=clock.now())
    messages.success(request, _("It is done and checked."))
    return redirect("improvements:action", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def accept(request: PersonRequest, corrective_id: UUID) -> HttpResponse:
    """Decide to leave the risk as it is, for a time."""
    found = the_action(corrective_id)
    require(policy.may_accept_risk(request.standing, found))
    form = AcceptForm(request.POST or None)

    def keep() -> None:
        accept_risk(found, by=request.standing, at=clock.now(), **form.cleaned_data)

    return _answered(request, found, form, keep, _("Accept the risk?"), _("I accept the risk until that day"))


def _answered(
    request: PersonRequest, found: CorrectiveAction, form: Form, keep: Callable[[], None], heading: str, verb: str
) -> HttpResponse:
    """Keep what the form says, or show it with what is wrong."""
    if form.is_valid():
        try:
            keep()
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("improvements:action", found.pk)
    way = crumbs(
        request, found.org, heading, (_("A corrective action"), reverse("improvements:action", args=[found.pk]))
    )
    shown = {"form": form, "org": found.org, "crumbs": way, "heading": heading, "lead": found.what, "verb": verb}
    return render(request, "improvements/form.html", shown, status=422 if form.errors else 200)
