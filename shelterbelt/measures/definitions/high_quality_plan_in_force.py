"""A school meets this when its plan is in force, adopted in the year, and scored high with no critical item failed."""

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.plans import emergency_plan_in_force
from shelterbelt.measures.sets import Units

READS = ("attestations:D-O2", "attestations:D-O3", "attestations:D-O4")


def units_that_meet(asked: Asked) -> Units:
    """The score's threshold is 80 % by default."""
    return attested(
        asked,
        plan_in_force=True,
        adopted_in_year=True,
        score__gte=asked.threshold("min_score"),
        critical_item_failed=False,
    )


def line_any_plan(asked: Asked) -> Line:
    """Any plan in force."""
    return Share(emergency_plan_in_force(asked))
