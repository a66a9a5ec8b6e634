"""Corrective actions: what is open, and closing it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.drills import policy, queries
from shelterbelt.drills.actions import add_corrective_action, change_corrective_action, close_corrective_action
from shelterbelt.drills.forms import CloseActionForm, CorrectiveActionForm, NewActionForm
from shelterbelt.drills.models import CorrectiveAction
from shelterbelt.drills.readings import note_follow_up
from shelterbelt.drills.views.common import PAGE, tell
from shelterbelt.drills.views.drill import the_drill


@require_safe
@audience("signed_in")
def follow_up(request: PersonRequest) -> HttpResponse:
    """Every corrective action that isn't done, the longest overdue first."""
    note_follow_up(request.standing)
    rows = Paginator(queries.actions_to_follow_up(), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "drills/follow_up.html",
        {"page_obj": rows, "today": request.today, "keeps": policy.keeps_drills(request.standing)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def add(request: PersonRequest, drill_id: uuid.UUID) -> HttpResponse:
    """One more thing to mend."""
    found = the_drill(drill_id)
    require(policy.may_follow_up(request.standing, found))
    form = NewActionForm(request.POST or None)
    if form.is_valid():
        try:
            add_corrective_action(found, by=request.standing, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The step is kept."))
            return redirect("drills:add_action" if "another" in request.POST else "drills:drill", found.pk)
    return render(
        request,
        "drills/add_action.html",
        {"form": form, "drill": found, "school": found.school},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def action(request: PersonRequest, action_id: uuid.UUID) -> HttpResponse:
    """Change a corrective action, or say that it is done."""
    found = get_object_or_404(CorrectiveAction.objects.select_related("drill__school"), pk=action_id)
    require(policy.may_follow_up(request.standing, found.drill))
    closes = "done" in request.POST
    change = CorrectiveActionForm(
        request.POST if request.method == "POST" and not closes else None, initial=CorrectiveActionForm.of(found)
    )
    close = CloseActionForm(request.POST if closes else None, initial={"done_on": request.today})
    form = close if closes else change
    if form.is_valid():
        try:
            if closes:
                close_corrective_action(found, by=request.standing, at=clock.now(), **form.cleaned_data)
            else:
                change_corrective_action(found, by=request.standing, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("drills:drill", found.drill_id)
    shown = {"action": found, "drill": found.drill, "school": found.drill.school, "change": change, "close": close}
    return render(request, "drills/action.html", shown, status=422 if form.errors else 200)
