"""A district meets this when its cyber plan in force was evaluated in the year by a recognised method.

It must meet J-O2 as well: evaluating a plan that isn't linked to the emergency plan doesn't count as more.
"""

from shelterbelt.measures.asking import Asked, attested
from shelterbelt.measures.plans import linked_cyber_plan
from shelterbelt.measures.sets import Units

RECOGNISED = ("nist_csf", "cisa_goals", "cis_controls", "other_recognised")

READS = ("attestations:J-O2",)


def units_that_meet(asked: Asked) -> Units:
    """Evaluated since 1 July."""
    return attested(
        asked,
        cyber_plan_in_force=True,
        method__in=RECOGNISED,
        evaluated_on__gte=asked.year.starts_on.isoformat(),
        evaluated_on__lte=asked.on.isoformat(),
    ).among(linked_cyber_plan(asked))
