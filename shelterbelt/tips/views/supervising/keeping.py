"""Holds, disposals, and reading who a reporter is: what two people or a supervisor do."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.people.sign_in import recent
from shelterbelt.tips.actions import keeping, unmasking
from shelterbelt.tips.forms.supervising import DisposalForm, HoldForm, UnmaskForm
from shelterbelt.tips.models import DisposalBatch, Hold, Tip, UnmaskRequest
from shelterbelt.tips.policy import keeping as policy
from shelterbelt.tips.views.desk import parts
from shelterbelt.tips.views.desk.common import tell, the_tip
from shelterbelt.tips.views.supervising.overview import the_state
from shelterbelt.tips.words import SENTENCES


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def hold(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Keep a tip beyond its time."""
    found, form = the_tip(request, tip_id), HoldForm(request.POST or None)
    require(policy.may_hold(request.standing, found))
    if request.method == "POST" and form.is_valid():
        keeping.hold(tip=found, by=request.standing, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("The tip stays until the hold is lifted."))
        return redirect("tips:tip", found.pk)
    shown = {"tip": found, "form": form}
    return render(request, "tips/supervising/hold.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
def lift(request: PersonRequest, tip_id: uuid.UUID, hold_id: uuid.UUID) -> HttpResponse:
    """End a hold."""
    found = the_tip(request, tip_id)
    held = get_object_or_404(Hold.objects.select_related("tip"), pk=hold_id, tip=found)
    try:
        keeping.lift_hold(held=held, by=request.standing, at=clock.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The hold was lifted. The tip's schedule goes on."))
    return redirect("tips:tip", found.pk)


@recent
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def unmask(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Ask for a second person's word to read who the reporter is."""
    found, form = the_tip(request, tip_id), UnmaskForm(request.POST or None)
    require(policy.may_unmask(request.standing, found))
    if request.method == "POST" and form.is_valid():
        unmasking.ask_to_unmask(tip=found, by=request.standing, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("A supervisor is asked. Until they agree, nobody reads it."))
        return redirect("tips:tip", found.pk)
    shown = {"tip": found, "form": form}
    return render(request, "tips/supervising/unmask.html", shown, status=422 if form.errors else 200)


@recent
@require_POST
@audience("signed_in")
def reporter(request: PersonRequest, tip_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """Who the reporter is, for the two who asked and agreed. Each reading is on record."""
    found = the_tip(request, tip_id)
    asked = get_object_or_404(UnmaskRequest.objects.select_related("tip", "org"), pk=request_id, tip=found)
    read = unmasking.read_reporter(request=asked, by=request.standing, at=clock.now())
    return render(request, "tips/supervising/reporter.html", {"tip": found, "contact": read, "asked": asked})


@recent
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def disposals(request: PersonRequest) -> HttpResponse:
    """What was disposed of, what waits for a second person, and the next batch."""
    state = the_state(request)
    require(policy.may_dispose(request.standing, state))
    form = DisposalForm(request.POST or None, initial={"up_to": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            keeping.propose_disposal(state=state, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("A supervisor is asked. Nothing is gone until they agree."))
            return redirect("tips:disposals")
    batches = DisposalBatch.objects.filter(org=state).select_related("proposed_by", "agreed_by")
    shown = {"form": form, "batches": batches.order_by("-proposed_at")[:100]}
    return render(request, "tips/supervising/disposals.html", shown, status=422 if form.errors else 200)


def _kept(request: PersonRequest, tip: Tip) -> dict[str, Any]:
    """What the page of a tip shows of holds and of who asked for the reporter's name."""
    asked = tip.unmask_requests.select_related("asked_by", "agreed_by").order_by("-asked_at")
    return {
        "holds": tip.holds.filter(lifted_at=None).select_related("set_by"),
        "may_hold": policy.may_hold(request.standing, tip),
        "may_unmask": policy.may_unmask(request.standing, tip),
        "unmask_requests": [
            (each, request.standing.person.pk in {each.asked_by_id, each.agreed_by_id} and each.agreed_by_id)
            for each in asked
        ],
    }


parts.SIDE.append(parts.Part("tips/supervising/_keeping.html", _kept))

SENTENCES |= {
    "hold": lambda _told: _("put it on hold"),
    "lift_hold": lambda _told: _("lifted a hold"),
    "ask_to_unmask": lambda _told: _("asked to read who reported it"),
    "unmask": lambda _told: _("agreed that it is read who reported it"),
    "read_reporter": lambda _told: _("read who reported it"),
    "complete": lambda _told: _("added what the caller said"),
}
