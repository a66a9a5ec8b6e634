"""A school meets this when it held and documented two drills, each testing a named part of its emergency plan."""

from django.db.models import Q

from shelterbelt.drills.rules import NO_PART
from shelterbelt.measures.asking import Asked, Evidence, Line, Share
from shelterbelt.measures.drilling import (
    drill_evidence,
    held_in,
    schools_with,
    schools_with_one_of_each,
    testing_the_plan,
)
from shelterbelt.measures.sets import Units

READS = ("drills",)


def units_that_meet(asked: Asked) -> Units:
    """The number of drills is the definition's, two by default."""
    return schools_with(asked, testing_the_plan(asked), at_least=asked.threshold("min_drills"))


def units_that_reported(asked: Asked) -> Units:
    """Any drill written down in the year."""
    return schools_with(asked, at_least=1)


def line_as_recommended(asked: Asked) -> Line:
    """D-L5 in full: one active shooter drill and one other, responders and law enforcement present at each."""
    attended = (
        held_in(asked)
        .filter(testing_the_plan(asked), law_enforcement_present=True)
        .filter(Q(fire_present=True) | Q(ems_present=True) | Q(emergency_management_present=True))
    )
    return Share(schools_with_one_of_each(attended, Q(kind="active_shooter")))


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The year's drills, and which of them count."""
    return drill_evidence(asked, unit, counts=lambda drill: drill.plan_part not in {"", NO_PART})
