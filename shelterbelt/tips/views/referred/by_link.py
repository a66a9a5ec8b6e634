"""Recipients without a sign-in: the link in their mail, the code told apart from it, and then the same pages.

The link's secret stands in the path, so these pages name it to no other site and are kept nowhere. Opening a link
shows the question for the code and does nothing else: programs that look through mail open links too.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.actions import by_link as link
from shelterbelt.tips.actions.holding import desk_eyes
from shelterbelt.tips.forms.answering import CodeForm
from shelterbelt.tips.policy import referrals as policy
from shelterbelt.tips.policy.referrals import Proof
from shelterbelt.tips.queries import referred
from shelterbelt.tips.views.desk.common import tell
from shelterbelt.tips.views.referred import pages

_PROOF = "referral"
View = Callable[..., HttpResponseBase]


def _discreet(response: HttpResponse) -> HttpResponse:
    """Kept by no cache and named to no other site.

    `no-referrer` would have browsers send forms from nowhere (Origin: null), which are refused as forged.
    """
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@audience("public")
def by_link(request: PersonRequest, token: str) -> HttpResponse:
    """Ask for the code."""
    return _discreet(_asked(request, token))


def _asked(request: PersonRequest, token: str) -> HttpResponse:
    at = clock.now()
    if not link.works(token, at):
        return _over(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            proof = link.try_code(token, form.cleaned_data["code"], at)
        except link.LinkOver:
            return _over(request)
        except ValidationError as error:
            tell(form, error)
        else:
            _remember(request, proof)
            return redirect("referrals:opened")
    return render(request, "tips/referred/code.html", {"form": form}, status=422 if form.errors else 200)


def _opened_view(view: Callable[[PersonRequest, pages.Visit], HttpResponse]) -> View:
    """A page behind the code: shows what the code proved for half an hour, in this browser."""

    @wraps(view)
    @audience("public")
    def guarded(request: PersonRequest) -> HttpResponse:
        return _discreet(_guarded(request, view))

    return guarded


def _guarded(request: PersonRequest, view: Callable[[PersonRequest, pages.Visit], HttpResponse]) -> HttpResponse:
    at = clock.now()
    proof = _remembered(request, at)
    visit = _visit(proof, at) if proof else None
    if visit is None:
        return _over(request)
    return view(request, visit)


@require_safe
@_opened_view
def opened(request: PersonRequest, visit: pages.Visit) -> HttpResponse:
    """The tip, as it was referred."""
    return pages.page(request, visit)


@require_POST
@_opened_view
def acknowledge(request: PersonRequest, visit: pages.Visit) -> HttpResponse:
    """They have it."""
    return pages.acknowledge(request, visit)


@require_POST
@_opened_view
def begin(request: PersonRequest, visit: pages.Visit) -> HttpResponse:
    """They work on it."""
    return pages.begin(request, visit)


@require_http_methods(["GET", "HEAD", "POST"])
@_opened_view
def ask(request: PersonRequest, visit: pages.Visit) -> HttpResponse:
    """A word to the desk."""
    require(policy.may_answer(visit.by, visit.referral))
    return pages.ask(request, visit)


@require_http_methods(["GET", "HEAD", "POST"])
@_opened_view
def give_back(request: PersonRequest, visit: pages.Visit) -> HttpResponse:
    """Not theirs."""
    require(policy.may_return(visit.by, visit.referral))
    response = pages.give_back(request, visit)
    if response.status_code == 302:
        request.session.pop(_PROOF, None)
        return render(request, "tips/referred/given_back.html")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@_opened_view
def outcome(request: PersonRequest, visit: pages.Visit) -> HttpResponse:
    """What came of it."""
    require(policy.may_answer(visit.by, visit.referral))
    return pages.outcome(request, visit)


@require_POST
@audience("public")
def leave(request: PersonRequest) -> HttpResponse:
    """Close it in this browser."""
    request.session.pop(_PROOF, None)
    return _discreet(render(request, "tips/referred/left.html"))


def _remember(request: PersonRequest, proof: Proof) -> None:
    if request.person is None:
        request.session.cycle_key()
    request.session[_PROOF] = {
        "referral": proof.referral_id.hex,
        "link": proof.link.hex(),
        "until": proof.until.isoformat(),
    }


def _remembered(request: PersonRequest, at: datetime) -> Proof | None:
    kept = request.session.get(_PROOF)
    if not kept:
        return None
    proof = Proof(UUID(hex=kept["referral"]), bytes.fromhex(kept["link"]), datetime.fromisoformat(kept["until"]))
    return proof if at < proof.until else None


def _visit(proof: Proof, at: datetime) -> pages.Visit | None:
    """The referral that the code opened, as long as its link is still the one that was used."""
    with desk_eyes(at, "open a referral by link and code"):
        found = referred.referrals().filter(pk=proof.referral_id).first()
        if found is None or policy.may_read(proof, found) is not None:
            return None
        note_reading("tips_tip", str(found.tip_id), org=found.org_id or found.state_org_id, reason="by link and code")
        seen = referred.shown(found)
    return pages.Visit(proof, found, lambda: seen)


def _over(request: PersonRequest) -> HttpResponse:
    return render(request, "tips/referred/over.html", status=410)
