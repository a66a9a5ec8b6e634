"""A school meets this when it reports a stage of trauma-informed practice with evidence from the year."""

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units

AWARE_OR_BEYOND = ("aware", "sensitive", "responsive", "informed")
RESPONSIVE_OR_BEYOND = ("responsive", "informed")


def units_that_meet(asked: Asked) -> Units:
    """Aware or beyond, with evidence."""
    return attested(asked, stage__in=AWARE_OR_BEYOND, evidence_in_year=True)


def line_responsive_or_beyond(asked: Asked) -> Line:
    """The stricter reading."""
    return Share(attested(asked, stage__in=RESPONSIVE_OR_BEYOND, evidence_in_year=True))
