"""A district meets this when every campus has an SRO or SPO on the day. Never shown below region outside it."""

from django.db.models import F

from shelterbelt.measures.answers import number
from shelterbelt.measures.asking import Asked, Line, Ratio, amount, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """All campuses, and there is at least one."""
    return attested(asked, campuses__gt=0).filter(answers__campuses_with_officer__gte=F("answers__campuses"))


def line_share_of_campuses(asked: Asked) -> Line:
    """Campuses with an officer, of the campuses reported."""
    return Ratio(amount(asked, number("campuses_with_officer")), amount(asked, number("campuses")))
