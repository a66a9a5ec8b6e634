"""The drawings that an agency holds: those of the version in force, if they are among the parts it was given."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.plans.actions.sharing import note_opening
from shelterbelt.plans.models import Opening, SeenPlan
from shelterbelt.plans.policy.sharing import may_read_shared
from shelterbelt.plans.queries import drawings
from shelterbelt.plans.queries.responding import held_plan, raw_parts
from shelterbelt.plans.views.drawings import picture


@require_safe
@audience("signed_in")
def held_drawings(request: PersonRequest, share_id: UUID) -> HttpResponse:
    """All of them, with their marks."""
    seen = _seen(request, share_id)
    note_opening(seen=seen, how=Opening.How.READ, by=request.standing, at=clock.now())
    shown = {
        "org": seen.org,
        "number": seen.number,
        "drawings": [drawings.shown(row, lambda digest: _address(share_id, digest)) for row in _rows(seen)],
        "crumbs": [(seen.org.name, reverse("plans:held", args=[share_id])), (_("Drawings"), "")],
    }
    return render(request, "plans/drawings_of_version.html", shown)


@require_safe
@audience("signed_in")
def held_picture(request: PersonRequest, share_id: UUID, digest: str) -> HttpResponse:
    """One picture."""
    if digest not in {row["sha256"] for row in _rows(_seen(request, share_id))}:
        raise Http404(_("Your agency holds no such drawing."))
    return picture(digest)


def _rows(seen: SeenPlan) -> list[drawings.Row]:
    return drawings.drawings_in(raw_parts(seen))


def _address(share_id: UUID, digest: str) -> str:
    return reverse("plans:held_picture", args=[share_id, digest])


def _seen(request: PersonRequest, share_id: UUID) -> SeenPlan:
    seen = held_plan(share_id)
    if seen is None:
        raise Http404(_("Your agency holds no plan here: it was taken back, or the agency no longer serves the place."))
    require(may_read_shared(request.standing, seen))
    return seen
