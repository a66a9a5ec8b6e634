"""One assessment: planning it, its page, and its moves."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions.assessment import (
    accept_assessment,
    cancel_assessment,
    close_assessment,
    give_back_assessment,
    plan_assessment,
    record_assessment,
    submit_assessment,
)
from shelterbelt.assessments.forms.assessment import BecauseForm, PlanForm, RecordForm, SubmitForm
from shelterbelt.assessments.models import Assessment
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.queries import templates
from shelterbelt.assessments.views.common import (
    crumbs,
    form_page,
    note_read,
    tell,
    the_assessment,
    the_school,
    title_of,
)
from shelterbelt.assessments.views.shown import shown_of
from shelterbelt.core import clock

Method = Assessment.Method


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def plan(request: PersonRequest, school_id: int) -> HttpResponse:
    """Choose day, template and team."""
    school = the_school(school_id)
    require(policy.may_plan(request.standing, school))
    form = PlanForm(request.POST or None, school=school, templates=templates.usable(request.today), on=request.today)
    if form.is_valid():
        try:
            planned = plan_assessment(school=school, by=request.standing, at=clock.now(), **form.plan())
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The assessment is planned. Open it on your phone and start walking."))
            return redirect("assessments:assessment", planned.pk)
    here = crumbs(school, here=_("Plan an assessment"))
    return form_page(request, "plan", form, school=school, has_teams=_has_teams(form), crumbs=here)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def record(request: PersonRequest, school_id: int) -> HttpResponse:
    """Record one that was made by another method, with its report."""
    school = the_school(school_id)
    require(policy.may_plan(request.standing, school))
    form = RecordForm(request.POST or None, request.FILES or None, school=school, on=request.today)
    if form.is_valid():
        try:
            found = record_assessment(school=school, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The assessment and its report are recorded."))
            return redirect("assessments:assessment", found.pk)
    here = crumbs(school, here=_("Record an assessment"))
    return form_page(request, "record", form, school=school, has_teams=_has_teams(form), crumbs=here)


def _has_teams(form: PlanForm | RecordForm) -> bool:
    return bool(form.fields["team"].queryset.exists())  # type: ignore[attr-defined]


@require_safe
@audience("signed_in")
def assessment(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Where it stands, what it says so far, and what can be done with it."""
    found = the_assessment(assessment_id)
    require(policy.may_read_one(request.standing, found))
    note_read(request.standing, found)
    standing = request.standing
    shown = {
        **shown_of(found),
        "may_walk": policy.may_walk(standing, found),
        "may_submit": policy.may_submit(standing, found),
        "may_accept": policy.may_accept(standing, found),
        "may_close": policy.may_close(standing, found),
        "may_cancel": policy.may_cancel(standing, found),
        "may_find": policy.may_find(standing, found),
        "crumbs": crumbs(found.org, here=title_of(found)),
    }
    return render(request, "assessments/assessment.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def submit(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Say who took part, and hand it in."""
    found = the_assessment(assessment_id)
    require(policy.may_submit(request.standing, found))
    form = SubmitForm(request.POST or None, assessment=found, on=request.today)
    if form.is_valid():
        try:
            submit_assessment(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The assessment is submitted. Write down what has to be mended."))
            return redirect("assessments:findings", found.pk)
    here = crumbs(found.org, found, here=_("Submit"))
    return form_page(request, "submit", form, assessment=found, crumbs=here)


@require_POST
@audience("signed_in")
def accept(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Accept what the team handed in."""
    accept_assessment(the_assessment(assessment_id), by=request.standing, at=clock.now())
    messages.success(request, _("The assessment is accepted."))
    return redirect("assessments:assessment", assessment_id)


@require_POST
@audience("signed_in")
def give_back(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Give it back to the team."""
    try:
        give_back_assessment(the_assessment(assessment_id), by=request.standing)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The team has it back and can change its answers."))
    return redirect("assessments:assessment", assessment_id)


@require_POST
@audience("signed_in")
def close(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Close it."""
    close_assessment(the_assessment(assessment_id), by=request.standing, at=clock.now())
    messages.success(request, _("The assessment is closed. Its corrective actions stay in the register."))
    return redirect("assessments:assessment", assessment_id)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def cancel(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Call it off, with the reason."""
    found = the_assessment(assessment_id)
    require(policy.may_cancel(request.standing, found))
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        cancel_assessment(found, because=form.cleaned_data["because"], by=request.standing)
        messages.success(request, _("The assessment is called off."))
        return redirect("assessments:school", found.org_id)
    return form_page(request, "cancel", form, assessment=found, crumbs=crumbs(found.org, found, here=_("Call it off")))
