"""The state's office: which providers there are, and whose domains they speak for."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.people.federation import actions, policy, queries
from shelterbelt.people.federation.models import ClaimedDomain
from shelterbelt.people.sign_in import recent


@require_safe
@audience("state")
def overview(request: PersonRequest) -> HttpResponse:
    """Domains that wait for a decision, and every provider."""
    waiting = [
        (claim, policy.may_decide_domain(request.standing, claim), queries.rival_claims(claim).first())
        for claim in queries.waiting_claims()
    ]
    providers = [(each, each.is_live(request.today)) for each in queries.all_providers()]
    return render(request, "people/providers/overview.html", {"waiting": waiting, "providers": providers})


def _claim(claim_id: int) -> ClaimedDomain:
    return get_object_or_404(ClaimedDomain.objects.select_related("org", "provider"), pk=claim_id)


@recent
@require_POST
@audience("signed_in")
def confirm(request: PersonRequest, claim_id: int) -> HttpResponse:
    """Agree that a domain is theirs."""
    claim = _claim(claim_id)
    try:
        actions.confirm_domain(claim=claim, by=request.standing, at=clock.now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        said = {"org": claim.org, "domain": claim.domain}
        messages.success(request, _("The provider of %(org)s speaks for %(domain)s.") % said)
    return redirect("providers:overview")


@require_POST
@audience("signed_in")
def release(request: PersonRequest, claim_id: int) -> HttpResponse:
    """Give a domain up, or decline a claim."""
    claim = _claim(claim_id)
    actions.release_domain(claim=claim, by=request.standing, at=clock.now())
    said = {"name": claim.provider.name, "domain": claim.domain}
    messages.success(request, _("%(name)s doesn't speak for %(domain)s.") % said)
    if request.standing.is_state_office and claim.confirmed_at is None:
        return redirect("providers:overview")
    return redirect("providers:provider", claim.provider_id)
