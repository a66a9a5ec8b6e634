"""A school meets this when someone who serves it as coordinator, SRO or SPO holds one of three trainings.

Mental health first aid, behavioral risk, or trauma-informed approaches.
"""

from django.db.models import F

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Units


def units_that_meet(asked: Asked) -> Units:
    """Enough people with any of the three, one by default."""
    return attested(asked, serving__gt=0, with_any__gte=asked.threshold("min_people"))


def units_not_concerned(asked: Asked) -> Units:
    """Nobody serves it; counted and shown."""
    return attested(asked, serving=0)


def line_all_who_serve(asked: Asked) -> Line:
    """Everyone who serves it."""
    return Share(attested(asked, serving__gt=0).filter(answers__with_any__gte=F("answers__serving")))


def _with(asked: Asked, topic: str) -> Line:
    return Share(attested(asked, serving__gt=0, **{f"with_{topic}__gte": asked.threshold("min_people")}))


def line_mental_health_first_aid(asked: Asked) -> Line:
    """Mental health first aid alone."""
    return _with(asked, "mental_health_first_aid")


def line_behavioral_risk(asked: Asked) -> Line:
    """Behavioral risk alone."""
    return _with(asked, "behavioral_risk")


def line_trauma_informed(asked: Asked) -> Line:
    """Trauma-informed approaches alone."""
    return _with(asked, "trauma_informed")
