"""Who holds the plan: give parts of it to agencies, see who has it and who opened it, take it back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.approvals.models import Approval
from shelterbelt.core import clock
from shelterbelt.plans.actions.sharing import revoke_share, share_plan
from shelterbelt.plans.forms.sharing import RevokeForm, ShareForm
from shelterbelt.plans.models import Plan, Share
from shelterbelt.plans.policy.sharing import may_revoke, may_see_shares, may_share
from shelterbelt.plans.queries import in_force_of, plan_of
from shelterbelt.plans.queries.sharing import (
    holders,
    in_force_with_content,
    not_yet_shared,
    openings_of,
    part_titles,
    receipts_of,
)
from shelterbelt.plans.views.common import crumbs, telling, the_org

PAGE = 50


@require_safe
@audience("signed_in")
def shares(request: PersonRequest, org_id: int) -> HttpResponse:
    """Every agency that holds parts of the plan, whether it has what is in force, and who opened it."""
    plan = _plan(org_id)
    require(may_see_shares(request.standing, plan))
    shown = {
        "org": plan.org,
        "plan": plan,
        "in_force": in_force_of(plan),
        "holders": holders(plan, request.today),
        "lacking": not_yet_shared(plan, request.today),
        "page_obj": Paginator(openings_of(plan), PAGE).get_page(request.GET.get("page")),
        "refusal": may_share(request.standing, plan),
        "crumbs": crumbs(plan.org, (_("Who holds it"), "")),
    }
    return render(request, "plans/sharing/shares.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def share_new(request: PersonRequest, org_id: int) -> HttpResponse:
    """Give parts of it to an agency."""
    plan = _plan(org_id)
    require(may_share(request.standing, plan))
    asked = {"agency": request.GET.get("agency", "")}
    form = ShareForm(
        request.POST or None, initial=asked, plan=plan, version=in_force_with_content(plan), on=request.today
    )
    if form.is_valid():
        with telling(form):
            done = share_plan(plan=plan, by=request.standing, at=clock.now(), **form.cleaned_data)
            if isinstance(done, Approval):
                messages.info(request, _("A second person has to agree before this agency sees anything."))
            else:
                messages.success(request, _("Shared. The agency is told, and asked to acknowledge."))
            return redirect("plans:shares", plan.org_id)
    shown = {"org": plan.org, "form": form, "crumbs": crumbs(plan.org, _holders(plan), (_("Share it"), ""))}
    return render(request, "plans/sharing/new.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def share(request: PersonRequest, share_id: UUID) -> HttpResponse:
    """What one agency holds, what it acknowledged, and its end."""
    held = get_object_or_404(
        Share.objects.select_related("plan__org", "agency", "shared_by", "revoked_by"), pk=share_id
    )
    require(may_see_shares(request.standing, held.plan))
    form, refusal = RevokeForm(request.POST or None), may_revoke(request.standing, held)
    if form.is_bound:
        require(refusal)
    if form.is_valid():
        with telling(form):
            revoke_share(share=held, by=request.standing, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("Taken back. The agency's people no longer see any of it."))
            return redirect("plans:shares", held.org_id)
    titles = {key: title for key, _kind, title in part_titles(in_force_with_content(held.plan))}
    shown = {
        "held": held,
        "org": held.plan.org,
        "parts": [titles.get(key, key) for key in held.parts],
        "receipts": receipts_of(held),
        "form": form,
        "refusal": refusal,
        "crumbs": crumbs(held.plan.org, _holders(held.plan), (held.agency.name, "")),
    }
    return render(request, "plans/sharing/share.html", shown, status=422 if form.errors else 200)


def _plan(org_id: int) -> Plan:
    plan = plan_of(the_org(org_id))
    if plan is None:
        raise Http404(_("There is no plan here yet."))
    return plan


def _holders(plan: Plan) -> tuple[str, str]:
    return _("Who holds it"), reverse("plans:shares", args=[plan.org_id])
