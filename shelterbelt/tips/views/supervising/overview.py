"""How the desk stands: who has how much, which clocks were missed, what lies too long."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.contacts.queries import reached
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions.closing import close_no_tips
from shelterbelt.tips.actions.releasing import release_all
from shelterbelt.tips.forms.supervising import NoTipsForm
from shelterbelt.tips.policy.supervising import may_supervise
from shelterbelt.tips.queries import clocks, supervising

DAYS = 30
SHOWN = 50


@require_safe
@audience("signed_in")
def overview(request: PersonRequest) -> HttpResponse:
    """One page of what a supervisor must know."""
    state, now = the_state(request), clock.now()
    require(may_supervise(request.standing, state))
    last = timezone.localdate(now)
    first = last - timedelta(days=DAYS)
    return render(
        request,
        "tips/supervising/overview.html",
        {
            "now": now,
            "loads": supervising.workload(state.pk, now),
            "kept": [each for each in clocks.kept(state.pk, first, last) if each.met or each.missed],
            "people": clocks.by_person(state.pk, first, last),
            "unreferred": supervising.unreferred(state.pk, now)[:SHOWN],
            "no_tips": supervising.said_to_be_none(state.pk).count(),
            "held": supervising.held_at_door(state.pk, now).count(),
            "notices": supervising.unread_notices(state.pk, now)[:SHOWN],
            "reached": reached(state, now),
            "days": DAYS,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def no_tips(request: PersonRequest) -> HttpResponse:
    """What the desk said is no tip: closed by a supervisor, who looks at each first if they like."""
    state = the_state(request)
    require(may_supervise(request.standing, state))
    found = supervising.said_to_be_none(state.pk)
    shown = found.filter(pk__in=list(found.values_list("pk", flat=True)[:SHOWN]))
    form = NoTipsForm(request.POST or None, tips=shown, initial={"tips": shown})
    if form.is_valid():
        chosen = [tip.pk for tip in form.cleaned_data["tips"]]
        many = close_no_tips(chosen, by=request.standing, at=clock.now(), because=form.cleaned_data["because"])
        messages.success(request, ngettext("%(many)s was closed.", "%(many)s were closed.", many) % {"many": many})
        return redirect("tips:overview")
    given = {"form": form, "tips": shown, "more": max(0, found.count() - SHOWN)}
    return render(request, "tips/supervising/no_tips.html", given, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
def release(request: PersonRequest) -> HttpResponse:
    """Let through what waits at the door."""
    many = release_all(state=the_state(request), by=request.standing, at=clock.now())
    messages.success(request, _("%(many)s tips were let through.") % {"many": many})
    return redirect("tips:overview")


def the_state(request: PersonRequest) -> Org:
    """The state at whose desk they work."""
    state = next((held.org for held in request.standing.holdings if held.office.startswith("tip_")), None)
    if state is None:
        raise PermissionDenied(_("The tip desk is for its analysts and supervisors."))
    return state
