"""A school meets this when current staff hold an unexpired behavioral risk assessment training."""

from shelterbelt.measures.asking import Asked, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """Enough trained people, one by default."""
    return attested(asked, trained_staff__gte=asked.threshold("min_staff"))
