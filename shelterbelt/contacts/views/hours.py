"""When school is in session, so that nights and breaks go to those who answer then."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.contacts import actions, policy, queries
from shelterbelt.contacts.forms import BreakForm, HoursForm
from shelterbelt.contacts.models import Break
from shelterbelt.contacts.views.common import crumbs, tell, the_org
from shelterbelt.core import clock
from shelterbelt.core.text import key_in
from shelterbelt.orgs.models import Org


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def hours(request: PersonRequest, org_id: int) -> HttpResponse:
    """Hours and breaks on one page; each of its forms has its own button."""
    org = the_org(org_id)
    require(policy.may_keep_chain(request.standing, org))
    day = queries.timetable_of(org, request.today).day
    wants = request.POST.get("form", "")
    known = {"opens_at": day.opens_at, "closes_at": day.closes_at}
    hours_form = HoursForm(request.POST if wants == "hours" else None, initial=known, prefix="hours")
    break_form = BreakForm(request.POST if wants == "break" else None, prefix="break")
    if request.method == "POST" and _done(request, org, hours_form, break_form):
        return redirect("contacts:hours", org.pk)
    ahead = Break.objects.filter(org=org, last_on__gte=request.today).order_by("first_on", "pk")
    shown = {
        "org": org,
        "hours_form": hours_form,
        "break_form": break_form,
        "breaks": ahead,
        "in_session": queries.is_in_session(org, clock.now()),
        "crumbs": crumbs(org, (_("School hours and breaks"), "")),
    }
    wrong = hours_form.errors or break_form.errors
    return render(request, "contacts/hours.html", shown, status=422 if wrong else 200)


def _done(request: PersonRequest, org: Org, hours_form: HoursForm, break_form: BreakForm) -> bool:
    by = request.standing
    if hours_form.is_valid():
        with tell(hours_form):
            actions.set_school_hours(org=org, by=by, **hours_form.cleaned_data)
            messages.success(request, _("The school hours are kept."))
            return True
    if break_form.is_valid():
        with tell(break_form):
            actions.add_break(org=org, by=by, **break_form.cleaned_data)
            messages.success(request, _("The break is kept."))
            return True
    remove = key_in(request.POST.get("remove", ""))
    if remove is not None:
        actions.remove_break(org=org, break_id=remove, by=by)
        messages.success(request, _("The break is removed."))
    return remove is not None
