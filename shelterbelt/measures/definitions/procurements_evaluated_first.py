"""A district meets this when every security procurement of the year was evaluated before its award."""

from django.db.models import F

from shelterbelt.measures.asking import Asked, Line, Share, attested
from shelterbelt.measures.sets import Said, Units


def units_that_meet(asked: Asked) -> Said:
    """All of them, and there was at least one."""
    return attested(asked, procurements__gt=0).filter(answers__evaluated_before_award__gte=F("answers__procurements"))


def units_not_concerned(asked: Asked) -> Units:
    """Nothing was bought in the year."""
    return attested(asked, procurements=0)


def line_with_performance_clause(asked: Asked) -> Line:
    """Every procurement also had a performance-based clause (E-L3)."""
    return Share(units_that_meet(asked).filter(answers__with_performance_clause__gte=F("answers__procurements")))
