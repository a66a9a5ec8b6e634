"""Whether one is on duty, in which ways one is called, and a trial of them."""

import uuid
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.environment import SettingError
from shelterbelt.delivery.channels.push import our_key
from shelterbelt.orgs.models import Org
from shelterbelt.people.device_words import device_words, shown
from shelterbelt.tips import clock_sentences  # noqa: F401  the history's lines about clocks and alarms
from shelterbelt.tips.actions import shifts
from shelterbelt.tips.forms.duty import BrowserForm
from shelterbelt.tips.models import Browser, Shift
from shelterbelt.tips.policy import alarms as policy, desk
from shelterbelt.tips.queries.duty_page import own_duty


@require_safe
@audience("signed_in")
def duty(request: PersonRequest) -> HttpResponse:
    """Who is on duty, and how one is called."""
    state = _state(request)
    own = own_duty(request.standing.person, state.pk, clock.now())
    listed = [(shift, policy.may_end_shift(request.standing, shift)) for shift in own.shifts]
    return render(
        request,
        "tips/desk/duty.html",
        {"own": own, "shifts": listed, "push_key": _push_key(), "person": request.standing.person, "now": clock.now()},
    )


@require_POST
@audience("signed_in")
def begin(request: PersonRequest) -> HttpResponse:
    """Be on duty from now on."""
    shifts.begin_shift(_state(request), by=request.standing, at=clock.now())
    messages.success(request, _("You are on shift. You are called first when something comes."))
    return redirect("tips:duty")


@require_POST
@audience("signed_in")
def end(request: PersonRequest, shift_id: uuid.UUID) -> HttpResponse:
    """Be off duty, or say that somebody is who forgot."""
    require(desk.may_see_desk(request.standing))
    shift = get_object_or_404(Shift, pk=shift_id)
    shifts.end_shift(shift, by=request.standing, at=clock.now())
    if shift.person_id == request.standing.person.pk:
        messages.success(request, _("Your shift is over. What calls you still rings until you answer it."))
    else:
        messages.success(request, _("The shift of %(person)s is over.") % {"person": shift.person})
    return redirect("tips:duty")


@require_POST
@audience("signed_in")
def try_alarm(request: PersonRequest) -> HttpResponse:
    """Call oneself in every way there is."""
    shifts.try_alarm(_state(request), by=request.standing, at=clock.now())
    messages.success(request, _("You are being called. What comes of each way stands below in a moment."))
    return redirect("tips:duty")


@require_POST
@audience("signed_in")
def add_browser(request: PersonRequest) -> HttpResponse:
    """Notify this browser from now on."""
    state, form = _state(request), BrowserForm(request.POST)
    if form.is_valid():
        _add(request, state, form.address())
    for sentence in [each for errors in form.errors.values() for each in errors]:
        messages.error(request, str(sentence))
    return redirect("tips:duty")


def _add(request: PersonRequest, state: Org, address: dict[str, Any]) -> None:
    device = device_words(request.headers.get("User-Agent", ""))
    try:
        shifts.add_browser(state, address, device=device, by=request.standing, at=clock.now())
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, _("%(browser)s is notified when you are called.") % {"browser": shown(device)})


@require_POST
@audience("signed_in")
def remove_browser(request: PersonRequest, browser_id: uuid.UUID) -> HttpResponse:
    """Notify a browser no more."""
    require(desk.may_see_desk(request.standing))
    browser = get_object_or_404(Browser, pk=browser_id)
    shifts.remove_browser(browser, by=request.standing)
    messages.success(request, _("%(browser)s is notified no more.") % {"browser": shown(browser.device)})
    return redirect("tips:duty")


@require_safe
@audience("public")
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that shows notifications while no page is open. It holds nothing about anybody."""
    path = finders.find("js/push-worker.js")
    if not isinstance(path, str):
        raise Http404
    return HttpResponse(
        Path(path).read_text(encoding="utf-8"),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def _push_key() -> str:
    """What a browser subscribes with; nothing where the key isn't set up."""
    try:
        return our_key()
    except SettingError:
        return ""


def _state(request: PersonRequest) -> Org:
    """The state at whose desk they are; who works at two is on duty at the first."""
    require(desk.may_see_desk(request.standing))
    return next(each.org for each in request.standing.holdings if each.org.pk in desk.desks(request.standing))
