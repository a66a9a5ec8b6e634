"""The drills of a school year as D-O5, F-O4 and F-O5 read them."""

import math
from collections.abc import Callable

from django.db.models import Count, F, Q, QuerySet, Value

from shelterbelt.drills.models import Drill
from shelterbelt.drills.rules import NO_PART
from shelterbelt.measures.asking import Asked, Evidence, Units

RECORDED = Value(2)
"""A drill's record is level 2 (recorded or documented): it is the documentation."""


def held_in(asked: Asked) -> QuerySet[Drill]:
    """Drills and exercises held in the year up to the asked day; real incidents are no drills."""
    return Drill.objects.exercises().in_year(asked.year, asked.on)


def documented_in(asked: Asked) -> QuerySet[Drill]:
    """Those whose records were complete by the standard form on the asked day."""
    return held_in(asked).filter(completed_on__lte=asked.on)


def testing_the_plan(asked: Asked) -> QuerySet[Drill]:
    """Documented ones that tested a named part of the emergency plan."""
    return documented_in(asked).exclude(plan_part__in=("", NO_PART))


def schools_with(drills: QuerySet[Drill], *, at_least: float) -> Units:
    """Schools with at least so many of these drills."""
    counted = drills.values(unit=F("school")).annotate(n=Count("id"), verified=RECORDED)
    return counted.filter(n__gte=math.ceil(at_least)).values("unit", "verified")


def schools_with_one_of_each(drills: QuerySet[Drill], *kinds: Q) -> Units:
    """Schools with at least one drill of each kind, on as many different parts of the plan."""
    schools = drills.values(unit=F("school")).annotate(parts=Count("plan_part", distinct=True), verified=RECORDED)
    for place, kind in enumerate(kinds):
        schools = schools.annotate(**{f"of_kind_{place}": Count("id", filter=kind)}).filter(
            **{f"of_kind_{place}__gte": 1}
        )
    return schools.filter(parts__gte=len(kinds)).values("unit", "verified")


def _any_drill(_drill: Drill) -> bool:
    return True


def drill_evidence(asked: Asked, unit: int, *, counts: Callable[[Drill], bool] = _any_drill) -> list[Evidence]:
    """A school's drills of the year, each with whether it counts; only documented ones ever do."""
    return [
        Evidence(
            what=drill.get_kind_display(),
            on=drill.held_on,  # type: ignore[arg-type]  # a held drill has a day (constraint)
            level=2,
            counts=counts(drill) and drill.completed_on is not None and drill.completed_on <= asked.on,
            route=("drills:drill", str(drill.pk)),
        )
        for drill in held_in(asked).filter(school=unit).order_by("held_on", "id")
    ]
