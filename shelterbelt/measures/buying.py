"""The security purchases of a school year as E-O1 reads them.

A district with an award on record in the year is judged by its records; what it attested then says nothing.
"""

from typing import Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When

from shelterbelt.assessments.models import Procurement, ProcurementClause, ProcurementDocument
from shelterbelt.assessments.queries.procurement import as_judged, has_performance_clause, purchases
from shelterbelt.assessments.rules.clause_library import PERFORMANCE
from shelterbelt.assessments.rules.procurement_judging import is_evaluated_first
from shelterbelt.measures.asking import Asked, Evidence
from shelterbelt.measures.passes import RECORDED

SAID = 1
"""Evaluated and awarded on paper, and written down here afterwards without the report: the district's word."""
EVALUATED_FIRST = Q(method_recognized=True, method_chosen_on__lte=F("evaluated_on"), evaluated_on__lt=F("awarded_on"))
WITH_CLAUSE = Q(
    Exists(ProcurementClause.objects.filter(procurement=OuterRef("pk"), kind=PERFORMANCE, is_dropped=False))
)
_REPORT = Exists(ProcurementDocument.objects.filter(procurement=OuterRef("pk"), kind="evaluation"))
_LEVEL = Case(
    When(Q(evaluation_recorded_on__lt=F("awarded_on")) | Q(_REPORT), then=Value(RECORDED)), default=Value(SAID)
)


def awarded(asked: Asked) -> QuerySet[Procurement]:
    """Awards of the year up to the asked day that were written down when it was known."""
    return Procurement.objects.awarded_in(asked.year, asked.on).filter(decision_recorded_on__lte=asked.known_on)


def districts(purchases: QuerySet[Procurement], condition: Q | None = None) -> QuerySet[Procurement, Any]:
    """Their districts, as units; with a condition only those all of whose purchases fulfil it."""
    rows = purchases.annotate(level=_LEVEL).values(unit=F("org")).annotate(verified=Min("level"))
    if condition is not None:
        rows = rows.annotate(fulfil=Count("pk", filter=condition), all=Count("pk")).filter(fulfil=F("all"))
    return rows.values("unit", "verified")


def known_first(asked: Asked) -> Q:
    """That a purchase was evaluated first, and that this was written down by the day of the knowledge."""
    return EVALUATED_FIRST & Q(evaluation_recorded_on__lte=asked.known_on)


def purchase_evidence(asked: Asked, unit: int) -> list[Evidence]:
    """A district's awards of the year, and which of them count."""
    awards = awarded(asked).filter(org=unit).values("pk")
    return [_evidence(each, asked) for each in purchases().filter(pk__in=awards).order_by("awarded_on", "title", "pk")]


def _evidence(purchase: Procurement, asked: Asked) -> Evidence:
    judged = as_judged(purchase)
    known = purchase.evaluation_recorded_on
    return Evidence(
        what=purchase.title,
        on=purchase.awarded_on,  # type: ignore[arg-type]  # an award has its day (constraint)
        level=RECORDED if known and purchase.awarded_on and known < purchase.awarded_on else SAID,
        counts=judged is not None and is_evaluated_first(judged) and known is not None and known <= asked.known_on,
        route=("buying:purchase", str(purchase.pk)),
        facts=(("Performance clause", "yes" if has_performance_clause(purchase) else "no"),),
    )
