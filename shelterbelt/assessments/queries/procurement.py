"""Questions about security purchases. Row security has already left out what isn't yours."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from shelterbelt.access.models import AuditEntry
from shelterbelt.assessments.models import (
    Procurement,
    ProcurementClause,
    ProcurementDocument,
    ProductEvaluation,
    ProductScore,
    SharedEvaluation,
)
from shelterbelt.assessments.models.procurement import ProcurementQuerySet
from shelterbelt.assessments.rules.clause_library import PERFORMANCE
from shelterbelt.assessments.rules.procurement_judging import Purchase, is_evaluated_first
from shelterbelt.assessments.rules.product_templates import Given
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.improvements.models import Finding
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import schools_of
from shelterbelt.people.models import Person


def districts_within_reach(on: date) -> QuerySet[Org]:
    """The open districts that the offices of whoever acts reach."""
    mine = RawSQL("select unnest(access_my_orgs())", [])
    return Org.objects.filter(kind=Org.Kind.DISTRICT).open_on(on).filter(pk__in=mine).order_by("name", "pk")


def purchases() -> ProcurementQuerySet:
    """All of them with what lists and judgments ask, the latest first."""
    clause = ProcurementClause.objects.filter(procurement=OuterRef("pk"), kind=PERFORMANCE, is_dropped=False)
    return (
        Procurement.objects.select_related("org")
        .annotate(
            has_performance_clause=Exists(clause),
            offers=Count("evaluations", filter=Q(evaluations__dropped_on=None), distinct=True),
        )
        .order_by("-considered_on", "title", "pk")
    )


def of_year(year: SchoolYear) -> Q:
    """Considered, awarded or declined in a school year."""
    days = (year.starts_on, year.ends_on)
    return Q(considered_on__range=days) | Q(awarded_on__range=days) | Q(declined_on__range=days)


def as_judged(purchase: Procurement) -> Purchase | None:
    """A purchase as the rule of E-O1 sees it; None while nothing is awarded."""
    if purchase.awarded_on is None:
        return None
    return Purchase(
        method=purchase.method,
        method_recognized=purchase.method_recognized,
        method_chosen_on=purchase.method_chosen_on,
        evaluated_on=purchase.evaluated_on,
        awarded_on=purchase.awarded_on,
        has_performance_clause=has_performance_clause(purchase),
    )


def has_performance_clause(purchase: Procurement) -> bool:
    """Whether its contract has a clause on performance."""
    known = getattr(purchase, "has_performance_clause", None)
    if known is not None:
        return bool(known)
    return purchase.clauses.filter(kind=PERFORMANCE, is_dropped=False).exists()


@dataclass(frozen=True)
class YearSoFar:
    """What E-O1 will say of a district's year by the purchases written down here."""

    awarded: int
    evaluated_first: int
    with_clause: int


def year_so_far(district: Org, year: SchoolYear, by: date) -> YearSoFar:
    """The district's awards of a year, and how many of them count."""
    judged = [as_judged(each) for each in purchases().awarded_in(year, by).filter(org=district)]
    counting = [each for each in judged if each is not None and is_evaluated_first(each)]
    return YearSoFar(len(judged), len(counting), sum(each.has_performance_clause for each in counting))


def with_all(purchase_id: UUID) -> QuerySet[Procurement]:
    """One purchase with all its parts."""
    offers = ProductEvaluation.objects.prefetch_related("scores", "shared").order_by("begun_on", "product", "pk")
    return (
        purchases()
        .filter(pk=purchase_id)
        .select_related("chosen", "decided_by", "method_chosen_by")
        .prefetch_related(
            Prefetch("evaluations", offers),
            Prefetch("clauses", ProcurementClause.objects.order_by("is_dropped", "name", "pk")),
            Prefetch("attachments", ProcurementDocument.objects.select_related("document").order_by("pk")),
            Prefetch("findings", Finding.objects.select_related("org").order_by("-found_on", "pk")),
        )
    )


def given_scores(evaluation: ProductEvaluation) -> dict[str, Given]:
    """What was said so far, by criterion."""
    return {each.criterion: Given(each.score, each.evidence) for each in evaluation.scores.all()}


def score_at(evaluation: ProductEvaluation, criterion: str) -> ProductScore | None:
    """What was said about one criterion."""
    return evaluation.scores.filter(criterion=criterion).first()


def linkable_findings(district: Org, on: date) -> QuerySet[Finding]:
    """What was found wanting at the district and its schools and isn't withdrawn, the latest first."""
    places = Q(org=district) | Q(org__in=schools_of(district, on))
    return Finding.objects.filter(places, withdrawn_on=None).select_related("org").order_by("-found_on", "pk")


def shared_evaluations(words: str = "", template: str = "") -> QuerySet[SharedEvaluation]:
    """What districts share now, by name: no product stands above another."""
    found = SharedEvaluation.objects.filter(withdrawn_on=None).select_related("org")
    for word in words.split():
        found = found.filter(Q(product__icontains=word) | Q(vendor__icontains=word) | Q(org__name__icontains=word))
    if template:
        found = found.filter(template=template)
    return found.order_by("product", "vendor", "org__name", "pk")


@dataclass(frozen=True)
class HistoryLine:
    """One change of a purchase: when, by whom, and where it stood then, if that changed."""

    at: object
    who: str
    verb: str
    status: str


def history(purchase: Procurement) -> list[HistoryLine]:
    """What happened to the purchase, the latest first. What it says stays out; the trail keeps that it changed."""
    entries = list(
        AuditEntry.objects.filter(thing=Procurement._meta.db_table, thing_id=str(purchase.pk))
        .exclude(verb="read")
        .order_by("-at", "-pk")[:50]
    )
    ids = {int(entry.actor[7:]) for entry in entries if entry.actor.startswith("person:")}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        HistoryLine(
            entry.at,
            names.get(int(entry.actor[7:]), "") if entry.actor.startswith("person:") else "",
            entry.verb,
            _status_after(entry),
        )
        for entry in entries
    ]


def _status_after(entry: AuditEntry) -> str:
    before, after = entry.before or {}, entry.after or {}
    status = str(after.get("status", ""))
    if not status or status == before.get("status"):
        return ""
    return str(Procurement.Status(status).label)
