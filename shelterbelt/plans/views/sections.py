"""Which sections a plan has, who writes each, how far each is, and what goes to a district's schools."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.contacts.queries.people import people_for
from shelterbelt.core import clock
from shelterbelt.plans import actions, policy
from shelterbelt.plans.forms.writing import LeaveOutForm, OwnerForm, SectionForm
from shelterbelt.plans.models import Section
from shelterbelt.plans.views.common import telling, the_plan, the_section, writing_page


@require_POST
@audience("signed_in")
@at_most(600, per="hour", of="plans")
def ready(request: PersonRequest, section_id: int) -> HttpResponse:
    """Say that a section is ready, or is being written again."""
    found = the_section(section_id)
    state = Section.State.WRITING if found.state == Section.State.READY else Section.State.READY
    try:
        actions.set_section_state(section_id=found.pk, state=state, by=request.standing)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("plans:section", found.pk)
    return redirect("plans:step", found.plan_id, "writing")


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def leave_out(request: PersonRequest, section_id: int) -> HttpResponse:
    """Leave a section out of the plan, and say why."""
    found = the_section(section_id)
    require(policy.may_write_section(request.standing, found))
    form = LeaveOutForm(request.POST or None)
    if form.is_valid():
        with telling(form):
            actions.set_section_state(
                section_id=found.pk,
                state=Section.State.LEFT_OUT,
                because=form.cleaned_data["because"],
                by=request.standing,
            )
            messages.success(request, _("Left out. It can be taken back at any time."))
            return redirect("plans:step", found.plan_id, "writing")
    shown = writing_page(request, found.plan, "writing", found.title) | {"section": found, "form": form}
    return render(request, "plans/leave_out.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def owner(request: PersonRequest, section_id: int) -> HttpResponse:
    """Say who writes a section."""
    found = the_section(section_id)
    require(policy.may_write(request.standing, found.plan))
    people = people_for(found.plan.org, request.today, also=found.owner_id)
    form = OwnerForm(request.POST or None, people=people, initial={"owner": found.owner_id})
    if form.is_valid():
        actions.assign_section(section=found, owner=form.cleaned_data["owner"], by=request.standing)
        messages.success(request, _("Kept."))
        return redirect("plans:step", found.plan_id, "writing")
    shown = writing_page(request, found.plan, "writing", found.title) | {"section": found, "form": form}
    return render(request, "plans/owner.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def add(request: PersonRequest, plan_id: int) -> HttpResponse:
    """Add a section of the plan's own."""
    plan = the_plan(plan_id)
    require(policy.may_write(request.standing, plan))
    form = SectionForm(request.POST or None)
    if form.is_valid():
        with telling(form):
            made = actions.add_section(plan=plan, by=request.standing, **form.cleaned_data)
            return redirect("plans:section", made.pk)
    shown = writing_page(request, plan, "writing", _("A section of your own")) | {"form": form}
    return render(request, "plans/section_add.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
@at_most(600, per="hour", of="plans")
def send(request: PersonRequest, section_id: int) -> HttpResponse:
    """Offer a district's text to its schools."""
    found = the_section(section_id)
    many = actions.send_to_schools(section_id=found.pk, by=request.standing, at=clock.now())
    messages.success(request, _("Offered to %(number)s schools. Each decides by itself.") % {"number": many})
    return redirect("plans:section", found.pk)
