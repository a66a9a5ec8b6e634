"""A school meets this when its staff had training on HIPAA, FERPA and safety information sharing in the year."""

from shelterbelt.measures.answers import number
from shelterbelt.measures.asking import Asked, Line, Mean, amount, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """All topics."""
    return attested(asked, training_held=True, all_topics=True)


def line_staff_share(asked: Asked) -> Line:
    """The average share of staff reached."""
    return Mean(amount(asked, number("staff_share")))
