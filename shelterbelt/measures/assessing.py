"""The site assessments of a school year as E-O2 reads them.

A school with an assessment on record in the year is judged by it; what it attested then says nothing.
"""

from typing import Any

from django.db.models import F, Q, QuerySet, Value

from shelterbelt.assessments.models import Assessment
from shelterbelt.assessments.rules.cadence import MIN_ROLES
from shelterbelt.measures.asking import Asked, Evidence
from shelterbelt.measures.passes import RECORDED

BY_A_TEAM = Q(roles__gte=MIN_ROLES, is_recognised=True)
"""By a recognised method, and by people of three roles or more."""


def assessed(asked: Asked) -> QuerySet[Assessment]:
    """Assessments whose walk ended in the year up to the asked day, and that were submitted when it was known."""
    return Assessment.objects.assessed_in(asked.year, asked.on).filter(submitted_on__lte=asked.known_on)


def schools(assessments: QuerySet[Assessment]) -> QuerySet[Any, Any]:
    """Their schools, as units."""
    return assessments.annotate(unit=F("org"), verified=Value(RECORDED)).values("unit", "verified")


def assessment_evidence(asked: Asked, unit: int) -> list[Evidence]:
    """A school's assessments of the year, and which of them count."""
    counted = set(assessed(asked).filter(BY_A_TEAM, org=unit).values_list("pk", flat=True))
    return [
        Evidence(
            what=str(row.get_method_display()),
            on=row.assessed_on,  # type: ignore[arg-type]  # a submitted assessment has its day (constraint)
            level=RECORDED,
            counts=row.pk in counted,
            route=("assessments:assessment", str(row.pk)),
            facts=(("Roles in the team", str(row.roles)),),
        )
        for row in assessed(asked).filter(org=unit).order_by("assessed_on", "pk")
    ]
