"""What districts share of their evaluations with each other: by name, without a ranking."""

import uuid
from typing import Any

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
from shelterbelt.assessments.actions import product_evaluation as actions
from shelterbelt.assessments.forms.product_evaluation import SearchForm, ShareForm
from shelterbelt.assessments.models import SharedEvaluation
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.queries.procurement import shared_evaluations
from shelterbelt.assessments.rules.buying_methods import method_as_chosen
from shelterbelt.assessments.rules.product_templates import template_as_used
from shelterbelt.assessments.views.procurement_common import PAGE, crumbs, done, form_page, the_offer
from shelterbelt.core import clock


@require_safe
@audience("signed_in")
def shared_list(request: PersonRequest) -> HttpResponse:
    """All shared evaluations by product, with a search."""
    form = SearchForm(request.GET or None, on=request.today)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "template": ""}
    found = shared_evaluations(asked["words"], asked["template"])
    return render(request, "buying/shared_list.html", {
        "form": form, "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "asked": bool(asked["words"] or asked["template"]), "crumbs": crumbs(_("Shared evaluations")),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def shared(request: PersonRequest, shared_id: uuid.UUID) -> HttpResponse:
    """One of them; by POST its district takes it off the list."""
    found = get_object_or_404(SharedEvaluation.objects.select_related("org"), pk=shared_id)
    if request.method == "POST":
        actions.withdraw_shared(found, by=request.standing, at=clock.now())
        messages.success(request, _("It is no longer shared. Who read it before may have kept it."))
        return redirect("buying:offer", found.evaluation_id)
    if found.withdrawn_on is not None and policy.may_read(request.standing, found.org) is not None:
        raise Http404
    template = template_as_used(found.template, found.template_version)
    return render(request, "buying/shared.html", {
        "shared": found, "template": template, "method": method_as_chosen(found.method, found.method_version),
        "rows": [(each, _said(found, each.key)) for each in template.criteria],
        "crumbs": [*crumbs("")[:-1], (_("Shared evaluations"), reverse("buying:shared_list")), (found.product, "")],
        "may_withdraw": policy.may_withdraw_shared(request.standing, found),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def share(request: PersonRequest, offer_id: uuid.UUID) -> HttpResponse:
    """What of it others read."""
    found = the_offer(offer_id)
    require(policy.may_share(request.standing, found))
    template = template_as_used(found.template, found.template_version)
    form = ShareForm(request.POST if request.method == "POST" else None, evaluation=found, template=template)
    return done(
        request, form,
        lambda: actions.share(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("It is on the list that all districts read."), reverse("buying:offer", args=[found.pk]),
    ) or form_page(
        request, form, heading=_("What may other districts read?"), verb=_("Share it"), offer=found,
        crumbs=crumbs(_("Share"), offer=found), template="buying/share.html",
    )  # fmt: skip


def _said(found: SharedEvaluation, key: str) -> dict[str, Any]:
    said: dict[str, Any] = found.scores.get(key, {})
    return said
