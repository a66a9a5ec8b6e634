"""What several outputs say of one plan, so that none can claim more than the others know.

A school with a version of its plan in force here is judged by its records, and what it attested then says nothing; any
other school by what it attested.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import Case, DateField, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, TruncDate

from shelterbelt.attestations.models import Attestation
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.asking import Asked, Evidence, attested
from shelterbelt.measures.attesting import attestation_evidence
from shelterbelt.measures.passes import RECORDED
from shelterbelt.measures.sets import AnyOf, Described, Said, Units
from shelterbelt.plans.models import Evaluation, ReviewTask, Version
from shelterbelt.strategy import current

ABOUT_THE_EMERGENCY_PLAN = ("D-O1", "D-O2", "D-O3", "D-O4")
VERIFIED_BY_STATE = 4
"""The state office evaluated it itself."""
LEVEL = Case(
    When(evaluator=Evaluation.Evaluator.STATE, then=Value(VERIFIED_BY_STATE)),
    default=Value(RECORDED),
    output_field=IntegerField(),
)


def versions_in_force(asked: Asked) -> QuerySet[Version]:
    """The versions that held on the asked day."""
    still = Q(state=Version.State.IN_FORCE) | Q(state=Version.State.SUPERSEDED, until_on__gt=asked.on)
    found: QuerySet[Version] = Version.objects.filter(still, from_on__lte=asked.on)
    return found


def on_record(asked: Asked) -> Units:
    """Schools whose plan in force is here."""
    return versions_in_force(asked).annotate(unit=F("org"), verified=Value(RECORDED)).values("unit", "verified")


def attested_without_record(asked: Asked, **answers: Any) -> Described:
    """Schools that attested this, and have no plan in force here by which they are judged."""
    return attested(asked, **answers).without(on_record(asked))


def reported(asked: Asked) -> Units:
    """Either: a plan in force here, or an attestation."""
    return attested(asked).or_in(on_record(asked))


def emergency_plan_in_force(asked: Asked) -> Units:
    """Schools with a plan in force here, or that said under any of D-O1 to D-O4 that one is in force.

    So each of these is at most this.
    """
    year: SchoolYear = asked.year
    said = (
        Attestation.objects.filter(output__in=ABOUT_THE_EMERGENCY_PLAN, year=year.starts)
        .counting(asked.known_on)
        .filter(answers__plan_in_force=True)
        .values(unit=F("org"), verified=F("level_on"))
    )
    return AnyOf((on_record(asked), said))


def of_the_year(asked: Asked) -> QuerySet[Version]:
    """Versions in force that were adopted or confirmed in the year, up to the asked day."""
    days = _days(asked)
    confirmed = Exists(_confirmations(asked).filter(plan=OuterRef("plan")))
    return versions_in_force(asked).filter(Q(adopted_on__range=days) | Q(plan__attested_on__range=days) | Q(confirmed))


def evaluations(asked: Asked) -> QuerySet[Evaluation]:
    """Those that were finished by the asked day, of versions in force, as far as it was known."""
    return Evaluation.objects.submitted().filter(
        version__in=versions_in_force(asked), evaluated_on__lte=asked.on, submitted_at__date__lte=asked.known_on
    )


def last_evaluations(asked: Asked, versions: QuerySet[Version]) -> QuerySet[Evaluation]:
    """Of each version the evaluation that counts: the last."""
    of_same = Evaluation.objects.submitted().filter(
        version=OuterRef("version"), evaluated_on__lte=asked.on, submitted_at__date__lte=asked.known_on
    )
    last = Subquery(of_same.order_by("-evaluated_on", "-submitted_at").values("pk")[:1])
    return Evaluation.objects.submitted().filter(version__in=versions, pk=last)


def schools(found: QuerySet[Evaluation]) -> QuerySet[Any, Any]:
    """Their schools, with the level of what the evaluation says."""
    return found.annotate(unit=F("org"), verified=LEVEL).values("unit", "verified")


def updated_on(asked: Asked) -> Combinable:
    """Of a session: the day of the year's update of its plan; null where there was none."""
    days = _days(asked)
    adopted = Greatest(F("version__adopted_on"), Value(days[0]), output_field=DateField())
    confirmed = Subquery(
        _confirmations(asked).filter(plan=OuterRef("plan")).order_by().values("plan").annotate(
            first=Min(TruncDate("done_at"))
        ).values("first"),
        output_field=DateField(),
    )  # fmt: skip
    return Case(
        When(Q(version__adopted_on__range=days) | Q(version__from_on__range=days), then=adopted),
        When(plan__attested_on__range=days, then=F("plan__attested_on")),
        default=confirmed,
        output_field=DateField(),
    )


def plan_evidence(asked: Asked, unit: int, more: Callable[[], list[Evidence]]) -> list[Evidence]:
    """The version in force and what was recorded of it; without one, what the school attested."""
    version = versions_in_force(asked).filter(org=unit).first()
    if version is None or version.adopted_on is None:
        return attestation_evidence(asked, unit)
    here = Evidence(
        what=f"Version {version.number}",
        on=version.adopted_on,
        level=RECORDED,
        counts=of_the_year(asked).filter(pk=version.pk).exists(),
        route=("plans:school", str(unit)),
    )
    return [here, *more()]


def evaluation_evidence(asked: Asked, unit: int, counting: QuerySet[Evaluation]) -> list[Evidence]:
    """A school's evaluations of the version in force, and which of them count."""
    counted = set(counting.filter(org=unit).values_list("pk", flat=True))
    return [
        Evidence(
            what=f"{each.method}, {each.get_evaluator_display()}",
            on=each.evaluated_on,  # type: ignore[arg-type]  # a submitted evaluation has its day (constraint)
            level=VERIFIED_BY_STATE if each.evaluator == Evaluation.Evaluator.STATE else RECORDED,
            counts=each.pk in counted,
            route=("evaluation:evaluation", str(each.pk)),
            facts=() if each.score is None else (("Score", f"{each.score} %"),),
        )
        for each in evaluations(asked).filter(org=unit).order_by("evaluated_on", "submitted_at")
    ]


def linked_cyber_plan(asked: Asked) -> Said:
    """Districts whose cyber plan is in force and linked to the emergency plan (J-O2)."""
    return attested(
        replace(asked, output=current().output("J-O2")), cyber_plan_in_force=True, linked_to_emergency_plan=True
    )


def _days(asked: Asked) -> tuple[Any, Any]:
    return asked.year.starts_on, min(asked.on, asked.year.ends_on)


def _confirmations(asked: Asked) -> QuerySet[ReviewTask]:
    """That plans were confirmed in the year: their task says so, also once the plan was confirmed again."""
    start, end = _days(asked)
    return ReviewTask.objects.filter(
        kind=ReviewTask.Kind.ATTEST, outcome=ReviewTask.Outcome.DONE, done_at__date__range=(start, end)
    )
