"""One drill or incident: its record, and the small things one does to it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills import policy, queries, rules
from shelterbelt.drills.actions import (
    attach_document,
    cancel_drill,
    invite_agencies,
    mark_who_came,
    reschedule_drill,
)
from shelterbelt.drills.forms import AgenciesForm, AttachForm, CancelForm, RescheduleForm
from shelterbelt.drills.models import Drill, SeenDrill, Shown
from shelterbelt.drills.readings import note_drill
from shelterbelt.drills.views.common import tell
from shelterbelt.drills.words import say
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import agencies_serving


@require_safe
@audience("signed_in")
def drill(request: PersonRequest, drill_id: uuid.UUID) -> HttpResponse:
    """The record. Agencies see when and what, not what was learned."""
    found = queries.with_record(Drill.objects.all()).filter(pk=drill_id).first()
    if found is None or policy.may_read_learned(request.standing, found.school) is not None:
        return _for_agencies(request, drill_id)
    note_drill(request.standing, found)
    day = found.held_on or found.planned_on or request.today
    missing = rules.missing_from(found) if found.status == Drill.Status.HELD else []
    return render(
        request,
        "drills/drill.html",
        {
            "drill": found,
            "school": found.school,
            "part": part_of(found),
            "year": SchoolYear.of(day),
            "missing": [say(each.reason) for each in missing],
            "history": queries.history(found),
            "actions": found.corrective_actions.all(),
            "today": request.today,
            "has_passed": bool(found.planned_on and found.planned_on <= request.today),
            "may_correct": policy.may_correct(request.standing, found),
            "may_attach": policy.may_attach(request.standing, found),
            "attach_form": AttachForm(),
        },
    )


def _for_agencies(request: PersonRequest, drill_id: uuid.UUID) -> HttpResponse:
    """What an agency sees of a drill at a school it serves; for everybody else there is no such page."""
    found = get_object_or_404(SeenDrill.objects.select_related("school"), pk=drill_id)
    note_drill(request.standing, found)
    shown = {"drill": found, "school": found.school, "part": part_of(found)}
    return render(request, "drills/drill_for_agencies.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def reschedule(request: PersonRequest, drill_id: uuid.UUID) -> HttpResponse:
    """Another day."""
    found = the_drill(drill_id)
    require(policy.may_reschedule(request.standing, found))
    form = RescheduleForm(request.POST or None, initial={"planned_on": found.planned_on})
    if form.is_valid():
        try:
            reschedule_drill(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The drill has another day."))
            return redirect("drills:drill", found.pk)
    return _form_page(request, "drills/reschedule.html", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def cancel(request: PersonRequest, drill_id: uuid.UUID) -> HttpResponse:
    """Call it off, or take a mistaken record back."""
    found = the_drill(drill_id)
    require(policy.may_cancel(request.standing, found))
    form = CancelForm(request.POST or None)
    if form.is_valid():
        cancel_drill(found, by=request.standing, because=form.cleaned_data["because"])
        messages.success(request, _("It is cancelled."))
        return redirect("drills:drill", found.pk)
    return _form_page(request, "drills/cancel.html", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def agencies(request: PersonRequest, drill_id: uuid.UUID) -> HttpResponse:
    """Before the drill: whom to invite. After it: who came."""
    found = the_drill(drill_id)
    require(policy.may_invite(request.standing, found))
    is_held = found.status == Drill.Status.HELD
    invited = Org.objects.filter(invitations__drill=found)
    form = AgenciesForm(
        request.POST or None,
        agencies=invited if is_held else agencies_serving(found.school, request.today),
        label=_("Who came?") if is_held else _("Whom do you invite?"),
        initial={"agencies": invited.filter(invitations__came=True) if is_held else invited},
    )
    if request.method == "POST" and form.is_valid():
        if is_held:
            mark_who_came(found, came=form.cleaned_data["agencies"], by=request.standing, at=clock.now())
        else:
            invite_agencies(found, agencies=form.cleaned_data["agencies"], by=request.standing)
        messages.success(request, _("Kept."))
        return redirect("drills:drill", found.pk)
    return _form_page(request, "drills/agencies.html", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(200, per="hour", of="files sent", on={"POST"})
def attach(request: PersonRequest, drill_id: uuid.UUID) -> HttpResponse:
    """Add a file to the record."""
    found = the_drill(drill_id)
    require(policy.may_attach(request.standing, found))
    form = AttachForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        attach_document(found, upload=form.cleaned_data["upload"], by=request.standing, at=clock.now())
        messages.success(request, _("The file is kept with the record."))
        return redirect("drills:drill", found.pk)
    return _form_page(request, "drills/attach.html", found, form)


def the_drill(drill_id: uuid.UUID) -> Drill:
    """The drill of an address, with its school."""
    return get_object_or_404(Drill.objects.select_related("school"), pk=drill_id)


def part_of(found: Shown) -> str:
    """The part of the plan, as people call it; a part of somebody else's naming stays as it is."""
    if found.plan_part == "other" and found.plan_part_other:
        return found.plan_part_other
    return say(rules.PLAN_PARTS.get(found.plan_part, found.plan_part)) if found.plan_part else ""


def _form_page(request: PersonRequest, template: str, found: Drill, form: object) -> HttpResponse:
    shown = {"form": form, "drill": found, "school": found.school}
    return render(request, template, shown, status=422 if getattr(form, "errors", None) else 200)
