"""Who holds which office, and giving and ending offices."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.scope import because
from shelterbelt.access.standing import PersonRequest
from shelterbelt.approvals.models import Approval
from shelterbelt.core.text import key_in
from shelterbelt.orgs.models import Org
from shelterbelt.people import actions, queries
from shelterbelt.people.federation.policy import may_see_provider
from shelterbelt.people.federation.queries import waiting_claims
from shelterbelt.people.federation.rules import CONNECTED_BY
from shelterbelt.people.forms import AppointForm, EndForm, LookForm
from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.policy import may_appoint_anyone, may_end, may_name_stand_in, may_reset_factors, offices_to_give
from shelterbelt.people.rules import TWO_PERSON_OFFICES
from shelterbelt.people.sign_in import recent
from shelterbelt.people.views.closed_names import note_names

A_PAGE = 50


@require_safe
@audience("signed_in")
def people(request: PersonRequest) -> HttpResponse:
    """The people I can see, with their offices."""
    form = LookForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.people_seen(request.today, name=wanted.get("name", ""), office=wanted.get("office", ""))
    page: Any = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    note_names(request, (office for somebody in page for office in somebody.offices_now))
    shown = {"form": form, "page_obj": page, "looked": any(wanted.values())}
    if request.standing.is_state_office:
        shown |= {"sees_all_providers": True, "domains_waiting": waiting_claims().count()}
    return render(request, "people/people.html", shown)


@require_safe
@audience("signed_in")
def at_org(request: PersonRequest, org_id: int) -> HttpResponse:
    """Who holds an office at an organisation now."""
    org = get_object_or_404(Org, pk=org_id)
    page = Paginator(queries.offices_at(org, request.today), A_PAGE).get_page(request.GET.get("page"))
    note_names(request, page)
    shown = {
        "org": org,
        "page_obj": page,
        "refusal": may_appoint_anyone(request.standing, org),
        "sees_provider": org.kind in CONNECTED_BY and may_see_provider(request.standing, org) is None,
    }
    return render(request, "people/at_org.html", shown)


@require_safe
@audience("signed_in")
def person(request: PersonRequest, person_id: int) -> HttpResponse:
    """One person: how to reach them, and the offices they held and hold."""
    somebody = get_object_or_404(Person, pk=person_id)
    held = list(queries.offices_of(somebody)[:A_PAGE])
    note_names(request, held, person=somebody.pk)
    offices = [
        (office, may_end(request.standing, office, request.today), may_name_stand_in(request.standing, office))
        for office in held
    ]
    places = {holding.org.pk: holding.org for holding in request.standing.holdings}
    can_appoint = [org for org in places.values() if offices_to_give(request.standing, org)]
    shown = {
        "somebody": somebody,
        "offices": offices,
        "can_appoint": can_appoint,
        "no_reset": may_reset_factors(request.standing, somebody),
    }
    return render(request, "people/person.html", shown)


@recent
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(200, per="hour", of="appointments", on={"POST"})
def appoint(request: PersonRequest, org_id: int) -> HttpResponse:
    """Give an office at an organisation to somebody."""
    org = get_object_or_404(Org, pk=org_id)
    require(may_appoint_anyone(request.standing, org))
    known = key_in(request.GET.get("person", ""))
    holder = get_object_or_404(Person, pk=known) if known is not None else None
    form = AppointForm(
        request.POST or None, offices=offices_to_give(request.standing, org), today=request.today, person=holder
    )
    if form.is_valid() and (outcome := _appointed(request, form, org, holder)):
        if isinstance(outcome, Approval):
            return _waits(request, outcome)
        said = {
            "person": form.cleaned_data.get("name", outcome.person),
            "office": outcome.get_office_display(),
            "org": org,
        }
        messages.success(request, _("%(person)s is now %(office)s at %(org)s.") % said)
        return redirect("people:at_org", org.pk)
    return render(request, "people/appoint.html", {"org": org, "form": form, "holder": holder})


def _appointed(
    request: PersonRequest, form: AppointForm, org: Org, holder: Person | None
) -> Appointment | Approval | None:
    answers = dict(form.cleaned_data)
    try:
        with because(answers.pop("reason", "")):
            return actions.appoint(org=org, person=holder, by=request.standing, **answers)
    except ValidationError as problem:
        form.add_error(None, problem)
        return None


def _waits(request: PersonRequest, approval: Approval) -> HttpResponse:
    messages.info(request, _("You asked for it. Those who may decide are told by mail."))
    return redirect("approvals:approval", approval.pk)


@recent
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def end(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """End an office on a day."""
    appointment = get_object_or_404(Appointment.objects.select_related("person", "org"), pk=appointment_id)
    require(may_end(request.standing, appointment, request.today))
    note_names(request, [appointment], person=appointment.person_id)
    takes_two = appointment.office in TWO_PERSON_OFFICES and appointment.person_id != request.standing.person.pk
    form = EndForm(request.POST or None, initial={"until_on": request.today}, takes_two=takes_two)
    if form.is_valid() and (outcome := _ended(request, form, appointment)):
        if isinstance(outcome, Approval):
            return _waits(request, outcome)
        said = {"person": appointment.person, "day": date_format(form.cleaned_data["until_on"])}
        messages.success(request, _("The office of %(person)s ends on %(day)s.") % said)
        # Whoever ended the last office they saw somebody by no longer sees them.
        return redirect("people:at_org", appointment.org_id)
    return render(request, "people/end.html", {"appointment": appointment, "form": form, "takes_two": takes_two})


def _ended(request: PersonRequest, form: EndForm, appointment: Appointment) -> Appointment | Approval | None:
    answers = form.cleaned_data
    try:
        with because(answers.get("reason", "")):
            return actions.end_appointment(appointment=appointment, until_on=answers["until_on"], by=request.standing)
    except ValidationError as problem:
        form.add_error(None, problem)
        return None
