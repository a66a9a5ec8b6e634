"""One purchase: where it stands, what comes next, and all that is known of it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.models import Procurement
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.procurement_words import say
from shelterbelt.assessments.queries import procurement as queries
from shelterbelt.assessments.rules.buying_methods import funding_sources, method_as_chosen
from shelterbelt.assessments.rules.procurement_judging import why_not_evaluated_first
from shelterbelt.assessments.rules.procurement_states import AWARDED, OPEN
from shelterbelt.assessments.rules.product_templates import template_on
from shelterbelt.assessments.views.procurement_common import crumbs
from shelterbelt.core.school_year import SchoolYear


@dataclass(frozen=True)
class Step:
    """One of the questions of a purchase, whether it is answered, and where it is asked."""

    name: str
    why: str
    is_done: bool
    route: str
    refusal: object = None


@require_safe
@audience("signed_in")
def purchase(request: PersonRequest, purchase_id: uuid.UUID) -> HttpResponse:
    """The purchase with its steps; the first that isn't done comes first."""
    found = queries.with_all(purchase_id).first()
    if found is None:
        raise Http404
    require(policy.may_read(request.standing, found.org))
    if not request.standing.is_inside(found.org):
        note_reading(Procurement._meta.db_table, str(found.pk), org=found.org_id, reason="record")
    steps = _steps(request, found)
    return render(request, "buying/purchase.html", {
        "purchase": found, "district": found.org, "crumbs": crumbs(found.title, district=found.org),
        "steps": steps, "next": next((step for step in steps if not step.is_done), None),
        "may_plan": policy.may_plan(request.standing, found), "may_decide": policy.may_decide(request.standing, found),
        "may_evaluate": policy.may_evaluate(request.standing, found),
        "may_attach": policy.may_attach(request.standing, found),
        "may_take_back": policy.may_take_back(request.standing, found),
        "may_accept": policy.may_accept(request.standing, found),
        **_said(found, request), "history": queries.history(found),
    })  # fmt: skip


def _said(found: Procurement, request: PersonRequest) -> dict[str, Any]:
    """What rules and published files say of it."""
    judged = queries.as_judged(found)
    clauses = [each for each in found.clauses.all() if not each.is_dropped]
    return {
        "category": template_on(found.category, request.today).title,
        "method": method_as_chosen(found.method, found.method_version or 1) if found.method else None,
        "funding": funding_sources(request.today).get(found.funding),
        "offers": [each for each in found.evaluations.all() if each.dropped_on is None],
        "clauses": clauses,
        "is_awarded": found.status in AWARDED,
        "is_open": found.status in OPEN,
        "year": SchoolYear.of(found.awarded_on) if found.awarded_on else None,
        "why_not": [say(reason) for reason in why_not_evaluated_first(judged)] if judged else [],
        "has_performance_clause": queries.has_performance_clause(found),
    }


def _steps(request: PersonRequest, found: Procurement) -> list[Step]:
    plan = policy.may_plan(request.standing, found)
    finished = any(each.evaluated_on for each in found.evaluations.all())
    decided = found.status not in OPEN
    steps = [
        Step(_("What it is to mend"), _("Link what an assessment or evaluation found."),
             bool(found.findings.all()), "buying:findings", plan),
        Step(_("Cost and money"), _("About how much, and from where."), bool(found.funding), "buying:money", plan),
        Step(_("How offers are judged"), _("Before any offer is. A recognized method counts for E-O1."),
             bool(found.method), "buying:method", policy.may_choose_method(request.standing, found)),
        Step(_("Offers judged"), _("Add each offer and score it by the template."), finished, "buying:offer_new",
             policy.may_evaluate(request.standing, found)),
        Step(_("Clauses of the contract"), _("What must work, how it is tested, what follows if it doesn't."),
             any(not each.is_dropped for each in found.clauses.all()), "buying:clauses",
             policy.may_keep_clauses(request.standing, found)),
        Step(_("Decision"), _("The award, on a day after the evaluation; or that nothing is bought."), decided,
             "buying:award", policy.may_decide(request.standing, found)),
    ]  # fmt: skip
    if found.status != Procurement.Status.NOT_BOUGHT:
        accepted = found.status == Procurement.Status.BOUGHT
        refusal = policy.may_accept(request.standing, found)
        steps.append(
            Step(_("Acceptance"), _("Test what was delivered by the clauses."), accepted, "buying:accept", refusal)
        )
    return steps
