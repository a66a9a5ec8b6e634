"""The bar that calls somebody on every page, what it asks once a second, and the button that answers it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.people.sign_in_rules import session_ends, session_limits
from shelterbelt.tips.actions.alarms import acknowledge_alarm
from shelterbelt.tips.models import Alarm, Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries.alarms import moment_word, ringing_for, word_for
from shelterbelt.tips.queries.queue import pulse as queue_pulse


@never_cache
@require_safe
@audience("public")
def pulse(request: Any) -> JsonResponse:
    """Whether the queue, a tip or one's alarms changed, and how long one stays signed in. Asking keeps nobody so.

    Asked once a second by each open page of the desk: four short questions to the database, whatever lies there.
    Whoever isn't signed in any more is told so in the same words, so that the page can cry out.
    """
    request.was_seen = False
    if request.person is None or desk.may_see_desk(request.standing) is not None:
        return JsonResponse({"here": False})
    return JsonResponse({"here": True, "queue": queue_pulse()} | _own(request))


def _own(request: Any) -> dict[str, Any]:
    ringing = list(Alarm.objects.ringing().filter(person=request.person).order_by("pk").values_list("pk", flat=True))
    ends_at, why = session_ends(
        begun_at=request.session.begun_at,
        seen_at=request.session.seen_at,
        limits=session_limits(request.standing.offices_that_ask),
    )
    return {
        "alarms": word_for(ringing),
        "ringing": len(ringing),
        "tip": _changed(request.GET.get("tip", "")),
        "seconds": max(0, int((ends_at - clock.now()).total_seconds())),
        "extends": why == "idle",
    }


def _changed(tip_id: str) -> str:
    """When the tip that somebody has open last changed; row security says whether it exists for them."""
    try:
        number = uuid.UUID(tip_id)
    except ValueError:
        return ""
    changed = Tip.objects.filter(pk=number).values_list("changed_at", flat=True).first()
    return moment_word(changed) if changed else ""


@never_cache
@require_safe
@audience("signed_in")
def alarms(request: PersonRequest) -> HttpResponse:
    """One's alarms: the bar's inside where a script asks for it, else a page."""
    require(desk.may_see_desk(request.standing))
    is_part = "X-Desk" in request.headers
    if is_part:
        request.was_seen = False  # type: ignore[attr-defined]  # people/middleware.py
    shown = {"ringing": ringing_for(request.standing.person), "now": clock.now(), "next": request.GET.get("next", "")}
    return render(request, "tips/desk/_ringing.html" if is_part else "tips/desk/alarms.html", shown)


@require_POST
@audience("signed_in")
def acknowledge(request: PersonRequest, alarm_id: uuid.UUID) -> HttpResponseBase:
    """Somebody says that they have seen it. Then to the tip, or back to where they were."""
    require(desk.may_see_desk(request.standing))
    is_part = "X-Desk" in request.headers
    alarm = get_object_or_404(Alarm.objects.select_related("tip"), pk=alarm_id)
    acknowledge_alarm(alarm, by=request.standing, at=clock.now())
    if is_part:
        return HttpResponse(status=204)
    messages.success(request, _("Your alarm about tip %(number)s is answered.") % {"number": alarm.tip.number})
    onward = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(onward, allowed_hosts=None, require_https=False):
        return redirect(onward)
    return redirect("tips:tip", alarm.tip_id)
