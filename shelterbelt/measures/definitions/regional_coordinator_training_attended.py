"""A district meets this when somebody from it attended regional coordinator training in the year."""

from shelterbelt.measures.asking import Asked, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """Attended, not only registered."""
    return attested(asked, held_in_region=True, attended__gte=asked.threshold("min_people"))


def units_not_concerned(asked: Asked) -> Units:
    """None was held in its region."""
    return attested(asked, held_in_region=False)
