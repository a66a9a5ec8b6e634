"""A school meets this when a team assessed it in the year by a recognised method."""

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Said

RECOGNISED = ("site_assess", "cisa_ssat", "pass_guidelines", "state_tool", "other_recognised")


def units_that_meet(asked: Asked) -> Said:
    """By a team, since 1 July."""
    return attested(
        asked,
        by_team=True,
        method__in=RECOGNISED,
        assessed_on__gte=asked.year.starts_on.isoformat(),
        assessed_on__lte=asked.on.isoformat(),
    )


def line_every_facility(asked: Asked) -> Line:
    """Every facility was assessed, as RSMo 160.480 asks."""
    return Share(units_that_meet(asked).filter(answers__every_facility=True))
