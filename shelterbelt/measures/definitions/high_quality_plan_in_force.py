"""A school meets this when its plan is in force, adopted in the year, and scored high with no critical item failed."""

from django.db.models import QuerySet

from shelterbelt.measures.asking import Asked, Evidence, Line, Share
from shelterbelt.measures.plans import (
    attested_without_record,
    emergency_plan_in_force,
    evaluation_evidence,
    last_evaluations,
    of_the_year,
    plan_evidence,
    reported,
    schools,
)
from shelterbelt.measures.sets import Units
from shelterbelt.plans.models import Evaluation, Version

READS = ("attestations:D-O2", "attestations:D-O3", "attestations:D-O4", "plans", "evaluations")


def units_that_meet(asked: Asked) -> Units:
    """By its records where its plan is here, else by what it attested. The score's threshold is 80 % by default."""
    said = attested_without_record(
        asked,
        plan_in_force=True,
        adopted_in_year=True,
        score__gte=asked.threshold("min_score"),
        critical_item_failed=False,
    )
    return said.or_in(schools(_good(asked, of_the_year(asked))))


def units_that_reported(asked: Asked) -> Units:
    """A plan in force here, or an attestation."""
    return reported(asked)


def line_any_plan(asked: Asked) -> Line:
    """Any plan in force."""
    return Share(emergency_plan_in_force(asked))


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The version in force and its evaluations; without one, the attestation."""
    counting = _good(asked, of_the_year(asked))
    return plan_evidence(asked, unit, lambda: evaluation_evidence(asked, unit, counting))


def _good(asked: Asked, versions: QuerySet[Version]) -> QuerySet[Evaluation]:
    """Last evaluations that scored high with no critical point failed, a missing section among them."""
    return last_evaluations(asked, versions).filter(score__gte=asked.threshold("min_score"), passes=True)
