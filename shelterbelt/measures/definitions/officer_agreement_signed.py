"""A district meets this when a signed agreement with all required elements covers every campus with an SRO."""

from django.db.models import F

from shelterbelt.measures.asking import Asked, Line, ShareOfAll, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """Signed, unexpired, complete, and for every such campus."""
    return attested(asked, has_officer=True, campuses_with_officer__gt=0, all_elements=True).filter(
        answers__campuses_covered__gte=F("answers__campuses_with_officer")
    )


def units_not_concerned(asked: Asked) -> Units:
    """It has no SRO."""
    return attested(asked, has_officer=False)


def line_of_all_districts(asked: Asked) -> Line:
    """The same, of all districts."""
    return ShareOfAll(units_that_meet(asked))
