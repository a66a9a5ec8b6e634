"""A school meets this when the plan in force was evaluated in the year by a recognised method."""

from dateutil.relativedelta import relativedelta

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units

RECOGNISED = ("eop_evaluate", "state_checklist", "fema_cpg_101", "other_recognised")


def _evaluated(asked: Asked, since: str) -> Units:
    return attested(
        asked,
        plan_in_force=True,
        method__in=RECOGNISED,
        evaluated_on__gte=since,
        evaluated_on__lte=asked.on.isoformat(),
    )


def units_that_meet(asked: Asked) -> Units:
    """Evaluated since 1 July."""
    return _evaluated(asked, asked.year.starts_on.isoformat())


def line_within_24_months(asked: Asked) -> Line:
    """Evaluated within the last 24 months (the number is the definition's)."""
    since = asked.on - relativedelta(months=int(asked.threshold("second_line_months")))
    return Share(_evaluated(asked, since.isoformat()))
