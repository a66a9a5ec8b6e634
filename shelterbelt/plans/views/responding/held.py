"""Read what one's agency holds, acknowledge it, and take a copy along that opens without a network."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import at_most, few_at_once
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.plans.actions.sharing import acknowledge, note_opening
from shelterbelt.plans.models import Opening, SeenPlan
from shelterbelt.plans.policy.sharing import may_acknowledge, may_read_shared
from shelterbelt.plans.queries.printing import Copy, pdf_of
from shelterbelt.plans.queries.responding import held_plan, parts_held, raw_parts, receipt_of
from shelterbelt.plans.rules.printing import EXTRACT
from shelterbelt.ui.pdf.printing import CannotBePrinted


@require_safe
@audience("signed_in")
def held(request: PersonRequest, share_id: UUID) -> HttpResponse:
    """The shared parts of the version in force."""
    seen = _opened(request, share_id, Opening.How.READ)
    shown = {
        "seen": seen,
        "parts": parts_held(seen),
        "receipt": receipt_of(seen),
        "refusal": may_acknowledge(request.standing, seen),
        "crumbs": [(seen.agency.name, _home_of(seen)), (seen.org.name, "")],
    }
    return render(request, "plans/responding/held.html", shown)


@require_POST
@audience("signed_in")
def held_acknowledge(request: PersonRequest, share_id: UUID) -> HttpResponse:
    """Say that the agency has this version."""
    seen = _seen(request, share_id)
    acknowledge(seen=seen, by=request.standing, at=clock.now())
    messages.success(request, _("Acknowledged. The school sees that you have it."))
    return redirect("plans:held", seen.share_id)


@require_safe
@audience("signed_in")
@at_most(240, per="hour", of="plan copies")
def held_copy(request: PersonRequest, share_id: UUID) -> HttpResponseBase:
    """One file that opens in any browser without a network, and says how old it is."""
    seen = _opened(request, share_id, Opening.How.COPY)
    shown = {"seen": seen, "parts": parts_held(seen), "taken_at": clock.now(), "reader": request.standing.person}
    content = render_to_string("plans/responding/copy.html", shown).encode()
    return _given(request, seen, content, "html", "text/html; charset=utf-8")


@require_safe
@audience("signed_in")
@at_most(120, per="hour", of="plan prints")
@few_at_once(2, of="plan prints")
def held_pdf(request: PersonRequest, share_id: UUID) -> HttpResponseBase:
    """The same to print."""
    seen = _seen(request, share_id)
    parts = raw_parts(seen)
    copy = Copy(
        org=seen.org.name,
        version=_("Version %(number)s") % {"number": seen.number},
        sha256=seen.sha256,
        parts=parts,
        reader=f"{request.standing.person}, {seen.agency}",
        at=clock.now(),
    )
    try:
        content = pdf_of(copy, EXTRACT, [part["key"] for part in parts])
    except CannotBePrinted:
        messages.error(request, _("This could not be printed in one piece. Take the copy for offline use instead."))
        return redirect("plans:held", seen.share_id)
    _note(request, seen, Opening.How.COPY)
    return _given(request, seen, content, "pdf", "application/pdf")


def _seen(request: PersonRequest, share_id: UUID) -> SeenPlan:
    """What is held, if it is; else a page that says why there is nothing."""
    seen = held_plan(share_id)
    if seen is None:
        raise Http404(_("Your agency holds no plan here: it was taken back, or the agency no longer serves the place."))
    require(may_read_shared(request.standing, seen))
    return seen


def _opened(request: PersonRequest, share_id: UUID, how: str) -> SeenPlan:
    seen = _seen(request, share_id)
    _note(request, seen, how)
    return seen


def _note(request: PersonRequest, seen: SeenPlan, how: str) -> None:
    # Its row is also the trail's entry: the school's keepers and the state office read both.
    note_opening(seen=seen, how=how, by=request.standing, at=clock.now())


def _given(request: PersonRequest, seen: SeenPlan, content: bytes, form: str, kind: str) -> HttpResponseBase:
    return download(
        request,
        content,
        name=f"{slugify(seen.org.name)}-plan-v{seen.number}.{form}",
        content_type=kind,
        still=lambda _standing: held_plan(seen.share_id) is not None,
    )


def _home_of(seen: SeenPlan) -> str:
    return reverse("home:agency", args=[seen.agency_id])
