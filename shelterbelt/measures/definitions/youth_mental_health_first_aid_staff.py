"""A school meets this when current staff hold an unexpired Youth Mental Health First Aid training (three years)."""

from shelterbelt.measures.answers import number
from shelterbelt.measures.asking import Asked, Line, Total, amount, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """Enough trained people, one by default."""
    return attested(asked, trained_staff__gte=asked.threshold("min_staff"))


def line_people(asked: Asked) -> Line:
    """How many people hold it."""
    return Total(amount(asked, number("trained_staff")))
