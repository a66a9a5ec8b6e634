"""Look at a report and raise its level."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.attestations import actions, words
from shelterbelt.attestations.models import Attestation, Level
from shelterbelt.attestations.policy import may_look_at, may_review
from shelterbelt.attestations.views.common import output_or_404, page_of
from shelterbelt.core.school_year import SchoolYear


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def review(request: PersonRequest, attestation_id: UUID) -> HttpResponse:
    """What was reported, on what ground, and the button that says it has been looked at."""
    whole = Attestation.objects.select_related("org", "made_by", "reviewed_by", "document", "about")
    report = get_object_or_404(whole, pk=attestation_id)
    output = output_or_404(report.output)
    require(may_look_at(request.standing, report))
    level = Level.STATE_VERIFIED if request.standing.is_state_office else Level.REVIEWED
    if request.method == "POST":
        actions.review(attestation=report, level=level, by=request.standing, on=request.today)
        messages.success(request, _("The report is now: %(level)s.") % {"level": level.label})
        return redirect(page_of(report.org))
    shown = {
        "report": report,
        "output": output,
        "answers": words.answers(output, report.answers),
        "year": SchoolYear(report.year),
        "level": level,
        "refusal": may_review(request.standing, report, level),
    }
    return render(request, "attestations/review.html", shown)
