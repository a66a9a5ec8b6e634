"""Writing down a drill or incident, and what was learned from it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.drills import policy, queries, rules
from shelterbelt.drills.actions import (
    Recorded,
    add_corrective_action,
    record_drill,
    report_incident,
    write_after_action,
)
from shelterbelt.drills.forms import NOBODY, AfterActionForm, IncidentForm, NextStepForm, RecordForm
from shelterbelt.drills.models import Drill
from shelterbelt.drills.views.common import tell, the_school
from shelterbelt.drills.words import say
from shelterbelt.orgs.models import Org


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def record(request: PersonRequest, school_id: int) -> HttpResponse:
    """The quick form. A browser with our script sends it in the background and may do so much later."""
    school = the_school(school_id)
    require(policy.may_record(request.standing, school))
    known = _known_drill(request, school)
    form = RecordForm(request.POST or None, initial=_what_is_known(request, known))
    if form.is_valid():
        try:
            recorded = record_drill(
                school=school, facts=form.facts(), by=request.standing, at=clock.now(), **_sent(form)
            )
        except ValidationError as error:
            tell(form, error)
        else:
            return _kept(request, recorded, reverse("drills:after_action", args=[recorded.drill.pk]))
    if form.errors and _wants_json(request):
        return JsonResponse({"outcome": "refused", "errors": form.errors}, status=422)
    shown = {"form": form, "school": school, "known": known, "usual_parts": _usual_parts()}
    return render(request, "drills/record.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def incident(request: PersonRequest, school_id: int) -> HttpResponse:
    """A real incident or a credible threat."""
    school = the_school(school_id)
    require(policy.may_report_incident(request.standing, school))
    form = IncidentForm(request.POST or None, initial={"drill_id": uuid.uuid4(), "held_on": request.today})
    if form.is_valid():
        try:
            recorded = report_incident(
                school=school, facts=form.facts(), summary=form.cleaned_data["summary"],
                by=request.standing, at=clock.now(), **_sent(form),
            )  # fmt: skip
        except ValidationError as error:
            tell(form, error)
        else:
            return _kept(request, recorded, reverse("drills:drill", args=[recorded.drill.pk]))
    return render(request, "drills/incident.html", {"form": form, "school": school}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def after_action(request: PersonRequest, drill_id: uuid.UUID) -> HttpResponse:
    """What was learned, and the next step that follows from it."""
    drill = get_object_or_404(Drill.objects.select_related("school"), pk=drill_id)
    require(policy.may_write_after_action(request.standing, drill))
    form = AfterActionForm(request.POST or None, drill=drill)
    step = NextStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and step.is_valid() and _learned(request, drill, form, step):
        if "another" in request.POST:
            messages.success(request, _("Kept. Add the next step."))
            return redirect("drills:add_action", drill.pk)
        messages.success(request, _("What you learned is kept."))
        return redirect("drills:drill", drill.pk)
    missing = [say(each.reason) for each in rules.missing_from(drill)]
    shown = {"form": form, "step": step, "drill": drill, "school": drill.school, "missing": missing}
    return render(request, "drills/after_action.html", shown, status=422 if form.errors or step.errors else 200)


def _learned(request: PersonRequest, drill: Drill, form: AfterActionForm, step: NextStepForm) -> bool:
    """Keep both or neither."""
    asked: Any = form
    try:
        with transaction.atomic():
            write_after_action(drill, learned=form.learned(), by=request.standing, at=clock.now())
            asked = step
            if step.has_changed():
                add_corrective_action(drill, by=request.standing, **step.cleaned_data)
    except ValidationError as error:
        tell(asked, error)
        return False
    return True


def _known_drill(request: HttpRequest, school: Org) -> Drill | None:
    """The planned or recorded drill that the form is about, if the address names one."""
    asked = request.GET.get("drill", "")
    if not asked:
        return None
    try:
        drill_id = uuid.UUID(asked)
    except ValueError:
        return None
    return get_object_or_404(Drill, pk=drill_id, school=school, nature=Drill.Nature.DRILL)


def _what_is_known(request: PersonRequest, known: Drill | None) -> dict[str, Any]:
    if known is None:
        return {"drill_id": uuid.uuid4(), "held_on": request.today}
    answers = {name: getattr(known, name) for name in rules.Facts.__dataclass_fields__}
    day = known.held_on or min(known.planned_on or request.today, request.today)
    services = [service for service, field in rules.RESPONDERS.items() if getattr(known, field)]
    answered = any(getattr(known, field) is not None for field in rules.RESPONDERS.values())
    return {**answers, "drill_id": known.pk, "held_on": day, "present": services or ([NOBODY] if answered else [])}


def _sent(form: RecordForm | IncidentForm) -> dict[str, Any]:
    """Which record, and when it was written if it waited; a phone whose clock is ahead wrote it now."""
    written = form.cleaned_data["written_at"]
    return {
        "drill_id": form.cleaned_data["drill_id"],
        "written_at": min(written, clock.now()) if written else None,
    }


def _usual_parts() -> list[tuple[str, str]]:
    return [(kind, each.usual_part) for kind, each in rules.KINDS.items() if each.usual_part]


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _kept(request: HttpRequest, recorded: Recorded, next_page: str) -> HttpResponse:
    if recorded.outcome == "older":
        messages.warning(
            request, _("Somebody changed this record after you wrote yours. Theirs was kept; yours changed nothing.")
        )
        next_page = reverse("drills:drill", args=[recorded.drill.pk])
    elif recorded.outcome == "kept":
        messages.success(request, _("It is recorded."))
        if queries.twins_of(recorded.drill).exists():
            messages.warning(
                request, _("Another record has the same kind and day. If it is the same drill, take one of them back.")
            )
    if _wants_json(request):
        return JsonResponse({"outcome": recorded.outcome, "url": next_page})
    return redirect(next_page)
