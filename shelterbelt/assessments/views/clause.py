"""The clauses of a contract: chosen from the library, edited one by one."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions import clause as actions
from shelterbelt.assessments.forms.clause import ClauseForm, ClausesForm, OwnClauseForm
from shelterbelt.assessments.models import ProcurementClause
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.rules.clause_library import clauses_for
from shelterbelt.assessments.views.procurement_common import crumbs, done, form_page, tell, the_purchase
from shelterbelt.core import clock

ASKS = ["GET", "HEAD", "POST"]


@require_http_methods(ASKS)
@audience("signed_in")
def clauses(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Which of the library's clauses the contract needs."""
    found = the_purchase(purchase_id)
    require(policy.may_keep_clauses(request.standing, found))
    offered = clauses_for(found.category, request.today)
    kept = list(found.clauses.filter(is_dropped=False).order_by("name"))
    form = ClausesForm(
        request.POST if request.method == "POST" else None, clauses=offered,
        initial={"keys": [each.key for each in kept] or [each.key for each in offered]},
    )  # fmt: skip
    return done(
        request, form,
        lambda: actions.choose_clauses(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("The clauses are copied. Now fill in what stands in square brackets."),
        reverse("buying:purchase", args=[found.pk]),
    ) or form_page(
        request, form, heading=_("Which clauses does the contract need?"), verb=_("Copy these clauses"),
        crumbs=crumbs(_("Clauses"), purchase=found), offered=offered, purchase=found, template="buying/clauses.html",
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def clause(request: PersonRequest, clause_id: uuid.UUID) -> HttpResponse:
    """Its words; or leave it out and take it up again."""
    found = get_object_or_404(ProcurementClause.objects.select_related("procurement__org"), pk=clause_id)
    require(policy.may_keep_clauses(request.standing, found.procurement))
    back = reverse("buying:purchase", args=[found.procurement_id])
    if "drop" in request.POST:
        actions.drop_clause(found, by=request.standing)
        messages.success(request, _("Kept."))
        return redirect(back)
    form = ClauseForm(request.POST or None, initial={"text": found.text})
    return done(
        request, form, lambda: actions.edit_clause(found, by=request.standing, **form.cleaned_data), _("Kept."), back,
    ) or form_page(
        request, form, heading=found.name, verb=_("Keep these words"), clause=found,
        crumbs=crumbs(found.name, purchase=found.procurement), template="buying/clause.html",
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def own(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """A clause of the district's own."""
    found = the_purchase(purchase_id)
    require(policy.may_keep_clauses(request.standing, found))
    form = OwnClauseForm(request.POST or None, initial={"kind": "performance"})
    if form.is_valid():
        try:
            actions.add_own_clause(found, by=request.standing, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("buying:purchase", found.pk)
    return form_page(
        request, form, heading=_("What does your own clause say?"), verb=_("Add this clause"),
        crumbs=crumbs(_("A clause of our own"), purchase=found),
    )  # fmt: skip
