"""A school meets this when the plan in force was evaluated in the year by a recognised method."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from shelterbelt.measures.asking import Asked, Evidence, Line, Share
from shelterbelt.measures.plans import (
    attested_without_record,
    evaluation_evidence,
    evaluations,
    plan_evidence,
    reported,
    schools,
)
from shelterbelt.measures.sets import Units
from shelterbelt.plans.models import Evaluation

READS = ("plans", "evaluations")
RECOGNISED = ("eop_evaluate", "state_checklist", "fema_cpg_101", "other_recognised")


def _evaluated(asked: Asked, since: date) -> Units:
    said = attested_without_record(
        asked,
        plan_in_force=True,
        method__in=RECOGNISED,
        evaluated_on__gte=since.isoformat(),
        evaluated_on__lte=asked.on.isoformat(),
    )
    return said.or_in(schools(_recognised(asked, since)))


def _recognised(asked: Asked, since: date) -> QuerySet[Evaluation]:
    return evaluations(asked).filter(is_recognized=True, evaluated_on__gte=since)


def units_that_meet(asked: Asked) -> Units:
    """Evaluated since 1 July: by the records of its version in force here, else as it attested."""
    return _evaluated(asked, asked.year.starts_on)


def units_that_reported(asked: Asked) -> Units:
    """A plan in force here, or an attestation."""
    return reported(asked)


def line_within_24_months(asked: Asked) -> Line:
    """Evaluated within the last 24 months (the number is the definition's)."""
    return Share(_evaluated(asked, asked.on - relativedelta(months=int(asked.threshold("second_line_months")))))


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The version in force and its evaluations; without one, the attestation."""
    counting = _recognised(asked, asked.year.starts_on)
    return plan_evidence(asked, unit, lambda: evaluation_evidence(asked, unit, counting))
