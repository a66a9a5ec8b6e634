"""How far an organisation is with one recommendation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt import strategy
from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.attestations import actions, queries
from shelterbelt.attestations.forms import ProgressForm
from shelterbelt.attestations.policy import may_report_progress
from shelterbelt.attestations.views.common import done, page_of, recommendation_or_404
from shelterbelt.orgs.models import Org


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def progress(request: PersonRequest, org_id: int, recommendation_id: str) -> HttpResponse:
    """What the plan asks, where the organisation stands, and a form for those who may say so."""
    org, recommendation = get_object_or_404(Org, pk=org_id), recommendation_or_404(recommendation_id)
    refusal = may_report_progress(request.standing, org, recommendation)
    now = queries.progress_of(org, request.today).get(recommendation.id)
    initial = (
        {"status": now.status, "evidence": now.evidence, "next_action": now.next_action, "due_on": now.due_on}
        if now
        else {}
    )
    form = ProgressForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid() and done(
        request, form, org,
        lambda document: actions.report_progress(
            org=org, recommendation=recommendation, by=request.standing, on=request.today,
            **(form.cleaned_data | {"document": document}),
        ),
    ):  # fmt: skip
        messages.success(request, _("Your progress on %(number)s is recorded.") % {"number": recommendation.id})
        return redirect(page_of(org))
    shown = {
        "org": org, "recommendation": recommendation, "now": now, "form": form, "refusal": refusal,
        "resources": strategy.current().resources_for(recommendation.area),
        "area": strategy.current().area(recommendation.area),
    }  # fmt: skip
    return render(request, "attestations/progress.html", shown)
