"""Of the coordinators, SROs and SPOs on the day, those who attended training on privacy law in the year."""

from shelterbelt.measures.asking import Asked, Heads, Line, attested
from shelterbelt.measures.serving import trained_by_office
from shelterbelt.measures.sets import Said

READS = ("appointments",)


def units_that_meet(asked: Asked) -> Said:
    """People whose attendance in the year is on record."""
    return attested(
        asked,
        attended=True,
        attended_on__gte=asked.year.starts_on.isoformat(),
        attended_on__lte=asked.on.isoformat(),
    )


def line_by_role(asked: Asked) -> Line:
    """The number who attended, by office."""
    return Heads(trained_by_office(asked, units_that_meet(asked)))
