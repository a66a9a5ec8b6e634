"""One offer: judged criterion by criterion, a page for each."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions import product_evaluation as actions
from shelterbelt.assessments.forms.product_evaluation import DOES_NOT_APPLY, FinishForm, OfferForm, ScoreForm
from shelterbelt.assessments.models import Procurement, ProductEvaluation
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.queries.procurement import given_scores
from shelterbelt.assessments.rules.buying_methods import method_as_chosen
from shelterbelt.assessments.rules.product_templates import (
    Criterion,
    Given,
    ProductTemplate,
    score_of,
    template_as_used,
    unanswered,
)
from shelterbelt.assessments.views.procurement_common import crumbs, done, form_page, tell, the_offer, the_purchase
from shelterbelt.core import clock

ASKS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Row:
    """A criterion with what was said about it, if anything was."""

    criterion: Criterion
    given: Given | None


@require_http_methods(ASKS)
@audience("signed_in")
def new(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """Take an offer in."""
    found = the_purchase(purchase_id)
    require(policy.may_evaluate(request.standing, found))
    form = OfferForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.begin_evaluation(found, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            return redirect(_next_page(made))
    return form_page(
        request, form, heading=_("Which offer do you judge?"), verb=_("Judge this offer"),
        crumbs=crumbs(_("An offer"), purchase=found),
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def offer(request: PersonRequest, offer_id: uuid.UUID) -> HttpResponse:
    """The offer with all criteria; by POST it is dropped or its evaluation opened again."""
    found = the_offer(offer_id)
    require(policy.may_read(request.standing, found.org))
    if request.method == "POST":
        return _changed(request, found)
    if not request.standing.is_inside(found.org):
        note_reading(ProductEvaluation._meta.db_table, str(found.pk), org=found.org_id, reason="record")
    template = _template(found)
    given = given_scores(found)
    shared = found.shared.filter(withdrawn_on=None).first()
    return render(request, "buying/offer.html", {
        "offer": found, "purchase": found.procurement, "template": template, "shared": shared,
        "crumbs": crumbs(found.product, purchase=found.procurement),
        "rows": [Row(each, given.get(each.key)) for each in template.criteria],
        "missing": unanswered(template, given), "by_report": _rests_on_report(found.procurement),
        "score": found.score if found.evaluated_on else score_of(template, given),
        "may_judge": policy.may_judge_offer(request.standing, found),
        "may_reopen": policy.may_reopen_evaluation(request.standing, found),
        "may_share": policy.may_share(request.standing, found),
        "may_withdraw": policy.may_withdraw_shared(request.standing, shared) if shared else None,
    })  # fmt: skip


def _changed(request: PersonRequest, found: ProductEvaluation) -> HttpResponse:
    if "drop" in request.POST:
        actions.drop_offer(found, by=request.standing, at=clock.now())
        messages.success(request, _("The offer is left out."))
        return redirect("buying:purchase", found.procurement_id)
    if "reopen" in request.POST:
        actions.reopen_evaluation(found, by=request.standing)
        messages.success(request, _("The evaluation is open again."))
    return redirect("buying:offer", found.pk)


@require_http_methods(ASKS)
@audience("signed_in")
def criterion(request: PersonRequest, offer_id: uuid.UUID, criterion: str) -> HttpResponse:
    """One criterion: how far, and what that rests on. Then the next."""
    found = the_offer(offer_id)
    require(policy.may_judge_offer(request.standing, found))
    template = _template(found)
    asked = template.criterion(criterion)
    if asked is None:
        raise Http404
    said = given_scores(found).get(asked.key)
    form = ScoreForm(request.POST or None, on=request.today, initial=_initial(said))
    if form.is_valid():
        try:
            actions.judge_criterion(found, criterion=asked.key, by=request.standing, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            return redirect(_next_page(the_offer(offer_id), after=asked.key))
    place = [each.key for each in template.criteria].index(asked.key) + 1
    return form_page(
        request, form, heading=asked.question, verb=_("Keep it and go on"), asked=asked, place=place,
        of=len(template.criteria), offer=found, crumbs=crumbs(asked.name, offer=found),
        template="buying/criterion.html",
    )  # fmt: skip


@require_http_methods(ASKS)
@audience("signed_in")
def finish(request: PersonRequest, offer_id: uuid.UUID) -> HttpResponse:
    """The day, who judged, and what came out."""
    found = the_offer(offer_id)
    require(policy.may_judge_offer(request.standing, found))
    now = {"evaluated_on": request.today, "evaluators": found.evaluators, "summary": found.summary}
    form = FinishForm(request.POST or None, initial=now)
    return done(
        request, form,
        lambda: actions.finish_evaluation(found, by=request.standing, at=clock.now(), **form.cleaned_data),
        _("The evaluation is finished. It counts for E-O1 if the award is dated after it."),
        reverse("buying:offer", args=[found.pk]),
    ) or form_page(
        request, form, heading=_("When was it judged, by whom, and what came out?"), verb=_("Finish the evaluation"),
        crumbs=crumbs(_("Finish"), offer=found),
    )  # fmt: skip


def _rests_on_report(purchase: Procurement) -> bool:
    return bool(purchase.method) and method_as_chosen(purchase.method, purchase.method_version or 1).report


def _template(found: ProductEvaluation) -> ProductTemplate:
    return template_as_used(found.template, found.template_version)


def _initial(said: Given | None) -> dict[str, str]:
    if said is None:
        return {}
    return {"score": DOES_NOT_APPLY if said.score is None else str(said.score), "evidence": said.evidence}


def _next_page(found: ProductEvaluation, after: str = "") -> str:
    """The next criterion that is still open, those after this one first; with none left, the offer."""
    missing = [each.key for each in unanswered(_template(found), given_scores(found))]
    if not missing:
        return reverse("buying:offer", args=[found.pk])
    order = [each.key for each in _template(found).criteria]
    later = [key for key in missing if after and order.index(key) > order.index(after)]
    return reverse("buying:criterion", args=[found.pk, (later or missing)[0]])
