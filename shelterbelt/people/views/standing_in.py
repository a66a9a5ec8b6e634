"""Acting for somebody who is away: naming who does, ending it, stepping in and out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.middleware import ACTING_FOR
from shelterbelt.access.policy import require
from shelterbelt.access.scope import because
from shelterbelt.access.standing import PersonRequest
from shelterbelt.approvals.models import Approval
from shelterbelt.people import actions, queries
from shelterbelt.people.forms import StandInForm
from shelterbelt.people.models import Appointment, StandIn
from shelterbelt.people.policy import may_act_for, may_end_stand_in, may_name_stand_in
from shelterbelt.people.rules import LONGEST_STAND_IN_DAYS, TWO_PERSON_OFFICES
from shelterbelt.people.sign_in import before_second_factor, recent


@require_safe
@audience("signed_in")
def stand_ins(request: PersonRequest) -> HttpResponse:
    """Whom I may act for, and who acts for me."""
    standing, today = request.standing, request.today
    me = standing.person
    shown = {
        "for_others": [(one, may_act_for(standing, one)) for one in queries.stood_in_by(me, today)],
        "for_me": [(one, may_end_stand_in(standing, one)) for one in queries.standing_in_for(me, today)],
        "my_offices": [(one, may_name_stand_in(standing, one)) for one in queries.held_by(me, today)],
    }
    return render(request, "people/stand_ins.html", shown)


@recent
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def name_stand_in(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """Name who acts in an office while its holder is away."""
    appointment = get_object_or_404(Appointment.objects.select_related("person", "org"), pk=appointment_id)
    require(may_name_stand_in(request.standing, appointment))
    form = StandInForm(request.POST or None, today=request.today, takes_two=appointment.office in TWO_PERSON_OFFICES)
    if form.is_valid() and (outcome := _named(request, form, appointment)):
        if isinstance(outcome, Approval):
            messages.info(request, _("You asked for it. Those who may decide are told by mail."))
            return redirect("approvals:approval", outcome.pk)
        messages.success(request, _("%(name)s may act for %(person)s from %(day)s.") % _said(outcome))
        return redirect("people:person", appointment.person_id)
    shown = {"appointment": appointment, "form": form, "longest": LONGEST_STAND_IN_DAYS}
    return render(request, "people/name_stand_in.html", shown)


def _named(request: PersonRequest, form: StandInForm, appointment: Appointment) -> StandIn | Approval | None:
    answers = dict(form.cleaned_data)
    try:
        with because(answers.pop("reason", "")):
            return actions.name_stand_in(appointment=appointment, by=request.standing, **answers)
    except ValidationError as problem:
        form.add_error(None, problem)
        return None


def _said(stand_in: StandIn) -> dict[str, object]:
    return {
        "name": stand_in.person,
        "person": stand_in.appointment.person,
        "day": date_format(stand_in.from_on),
    }


@require_POST
@audience("signed_in")
def end_stand_in(request: PersonRequest, stand_in_id: int) -> HttpResponse:
    """End it now, from whichever side."""
    stand_in = _the_stand_in(stand_in_id)
    ended = actions.end_stand_in(stand_in=stand_in, by=request.standing)
    said = {"name": ended.person, "person": ended.appointment.person}
    messages.success(request, _("%(name)s no longer acts for %(person)s.") % said)
    return redirect("people:stand_ins")


@require_POST
@audience("signed_in")
def act_for(request: PersonRequest, stand_in_id: int) -> HttpResponse:
    """Step into another's office. From the next page on I hold that one and none of my own."""
    stand_in = _the_stand_in(stand_in_id)
    require(may_act_for(request.standing, stand_in))
    request.session[ACTING_FOR] = stand_in.pk
    messages.success(
        request, _("You act for %(person)s now. All you do is on record as yours, for them.") % _said(stand_in)
    )
    return redirect("home:start")


@require_POST
@before_second_factor
@audience("signed_in")
def stop_acting(request: PersonRequest) -> HttpResponse:
    """Step back into my own offices."""
    if request.session.pop(ACTING_FOR, None) is not None:
        messages.success(request, _("You act for yourself again."))
    return redirect("home:start")


def _the_stand_in(number: int) -> StandIn:
    known = StandIn.objects.select_related("appointment__person", "appointment__org", "person", "org")
    return get_object_or_404(known, pk=number)
