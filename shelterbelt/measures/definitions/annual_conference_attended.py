"""A district meets this when somebody from it attended the annual conference."""

from shelterbelt.measures.asking import Asked, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """Attended, not only registered."""
    return attested(asked, conference_held=True, attended__gte=asked.threshold("min_people"))


def units_not_concerned(asked: Asked) -> Units:
    """There was no conference that year."""
    return attested(asked, conference_held=False)
