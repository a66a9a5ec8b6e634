"""Of the coordinators, SROs and SPOs on the day, those who attended training on privacy law in the year."""

from shelterbelt.measures.asking import Asked, Line, Parts, Units, attested
from shelterbelt.measures.serving import trained_by_office

READS = ("appointments",)


def units_that_meet(asked: Asked) -> Units:
    """People whose attendance in the year is on record."""
    return attested(asked, attended=True)


def line_by_role(asked: Asked) -> Line:
    """The number who attended, by office."""
    return Parts(trained_by_office(asked, units_that_meet(asked)))
