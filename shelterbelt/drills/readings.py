"""Drill records read by somebody of neither the school nor its district: the school can see who did."""

from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import OWN_KINDS, Standing
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills.models import Drill, SeenDrill
from shelterbelt.orgs.models import Org


def note_drill(standing: Standing, drill: Drill | SeenDrill) -> None:
    """One record was read."""
    if not standing.is_inside(drill.school):
        note_reading(Drill._meta.db_table, str(drill.pk), org=drill.school.pk, reason="record")


def note_year(standing: Standing, school: Org, year: SchoolYear) -> None:
    """The list of a school's year was read."""
    if not standing.is_inside(school):
        note_reading("drills.school_year", year.slug, org=school.pk, reason="list of drills")


def note_follow_up(standing: Standing) -> None:
    """The list of what all schools within sight still have to mend was read by somebody of no school or district."""
    if not any(holding.org.kind in OWN_KINDS for holding in standing.holdings):
        note_reading("drills.follow_up", "", org=None, reason="list of corrective actions")
