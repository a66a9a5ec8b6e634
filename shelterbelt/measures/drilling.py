"""The drills of a school year as D-O5, F-O4 and F-O5 read them."""

import math
from collections.abc import Callable

from django.db.models import Case, Count, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Lower, Trim

from shelterbelt.drills.models import Drill
from shelterbelt.drills.rules import NO_PART, OTHER_PART
from shelterbelt.measures.asking import Asked, Evidence
from shelterbelt.measures.passes import RECORDED
from shelterbelt.measures.sets import Drilled, Units

_ANY = Q()


def held_in(asked: Asked) -> QuerySet[Drill]:
    """Drills and exercises held in the year up to the asked day; real incidents are no drills."""
    return Drill.objects.exercises().in_year(asked.year, asked.on)


def documented(asked: Asked) -> Q:
    """That a drill's record was complete by the standard form on the day of the knowledge."""
    return Q(completed_on__lte=asked.known_on)


def testing_the_plan(asked: Asked) -> Q:
    """That a drill is documented and tested a named part of the emergency plan."""
    return documented(asked) & ~Q(plan_part__in=("", NO_PART))


def schools_with(asked: Asked, drills: Q = _ANY, *, at_least: float, percent: float = 0) -> Drilled:
    """Schools that held at least so many of these drills in the year, and that share of all their drills."""
    return Drilled(asked, drills, math.ceil(at_least), percent)


_OWN_NAME = Case(When(plan_part=OTHER_PART, then=Lower(Trim("plan_part_other"))), default=Value(""))
PART = Concat("plan_part", Value(":"), _OWN_NAME, output_field=TextField())
"""The part of the plan, and its name where it is one of the school's own; the rules of D-L5 compare the same two."""


def schools_with_one_of_each(drills: QuerySet[Drill], kind: Q) -> Units:
    """Schools with a drill of a kind and one of another kind, on different parts of the plan.

    Some such pair exists exactly if both sorts were held and all of them together tested two parts or more.
    """
    schools = drills.values(unit=F("school")).annotate(
        of_kind=Count("id", filter=kind), of_others=Count("id", filter=~kind), parts=Count(PART, distinct=True),
        verified=Value(RECORDED),
    )  # fmt: skip
    return schools.filter(of_kind__gte=1, of_others__gte=1, parts__gte=2).values("unit", "verified")


def _any_drill(_drill: Drill) -> bool:
    return True


def drill_evidence(asked: Asked, unit: int, *, counts: Callable[[Drill], bool] = _any_drill) -> list[Evidence]:
    """A school's drills of the year, each with whether it counts; only documented ones ever do."""
    return [
        Evidence(
            what=drill.get_kind_display(),
            on=drill.held_on,  # type: ignore[arg-type]  # a held drill has a day (constraint)
            level=2,
            counts=counts(drill) and drill.completed_on is not None and drill.completed_on <= asked.known_on,
            route=("drills:drill", str(drill.pk)),
        )
        for drill in held_in(asked).filter(school=unit).order_by("held_on", "id")
    ]
