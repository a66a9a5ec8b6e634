"""A school meets this when someone who serves it as coordinator, SRO or SPO holds CIT training."""

from django.db.models import F

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """Enough people with it, one by default."""
    return attested(asked, serving__gt=0, with_crisis_intervention__gte=asked.threshold("min_people"))


def units_not_concerned(asked: Asked) -> Units:
    """Nobody serves it; counted and shown."""
    return attested(asked, serving=0)


def line_all_who_serve(asked: Asked) -> Line:
    """Everyone who serves it."""
    return Share(attested(asked, serving__gt=0).filter(answers__with_crisis_intervention__gte=F("answers__serving")))
