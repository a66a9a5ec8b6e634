"""What was referred to the organisation of somebody who signed in."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.tips.policy import referrals as policy
from shelterbelt.tips.queries import referred
from shelterbelt.tips.views.referred import pages

PAGE = 50


@require_safe
@audience("signed_in")
def mine(request: PersonRequest) -> HttpResponse:
    """All of it, the most urgent first. Which there are is row security's answer."""
    found = Paginator(referred.received(), PAGE).get_page(request.GET.get("page"))
    shown = {"page_obj": found, "receives": policy.receives(request.standing)}
    return render(request, "tips/referred/mine.html", shown)


@require_safe
@audience("signed_in")
def referral(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """One tip as it was referred. Opening it is on record; it acknowledges nothing."""
    visit = _visit(request, referral_id)
    note_reading("tips_tip", str(visit.referral.tip_id), org=visit.referral.org_id, reason="opened by a recipient")
    return pages.page(request, visit)


@require_POST
@audience("signed_in")
def acknowledge(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """They have it."""
    return pages.acknowledge(request, _visit(request, referral_id))


@require_POST
@audience("signed_in")
def begin(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """They work on it."""
    return pages.begin(request, _visit(request, referral_id))


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def ask(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """A word to the desk."""
    return pages.ask(request, _visit(request, referral_id, answers=True))


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def give_back(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """Not theirs."""
    visit = _visit(request, referral_id, answers=True)
    require(policy.may_return(request.standing, visit.referral))
    return pages.give_back(request, visit)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def outcome(request: PersonRequest, referral_id: uuid.UUID) -> HttpResponse:
    """What came of it."""
    return pages.outcome(request, _visit(request, referral_id, answers=True))


def _visit(request: PersonRequest, referral_id: uuid.UUID, *, answers: bool = False) -> pages.Visit:
    """The referral of an address. For others it doesn't exist; the desk has its own page of it."""
    found = get_object_or_404(referred.received(), pk=referral_id)
    require((policy.may_answer if answers else policy.may_read)(request.standing, found))
    return pages.Visit(request.standing, found, lambda: referred.shown(found))
