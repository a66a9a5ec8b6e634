"""A school meets this when an active team covers it, its required roles are filled, and it met in the year."""

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """A team on paper is not enough: it must have met."""
    return attested(asked, team_covers=True, roles_filled=True, meetings__gte=asked.threshold("min_meetings"))


def line_team_named(asked: Asked) -> Line:
    """A team is named, met or not."""
    return Share(attested(asked, team_covers=True))
