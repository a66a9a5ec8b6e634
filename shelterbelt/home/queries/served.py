"""The schools an agency serves, who coordinates safety there, and the drills ahead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from shelterbelt.drills.models import Invitation, SeenDrill
from shelterbelt.drills.queries import seen_ahead
from shelterbelt.orgs.models import Membership, Org
from shelterbelt.people.models import Appointment

COORDINATORS = ("school_coordinator", "district_coordinator")

_SERVED = """
with recursive served (org_id) as (
    select j.org_id from orgs_jurisdiction j
    where j.agency_id = %s and j.from_on <= %s and (j.until_on is null or j.until_on > %s)
    union
    select m.member_id from served s join orgs_membership m on m.group_id = s.org_id
    where m.from_on <= %s and (m.until_on is null or m.until_on > %s))
select org_id from served
"""


@dataclass(frozen=True)
class ServedSchool:
    """A school with its district and those who coordinate safety for it."""

    school: Org
    district: str
    coordinators: tuple[Appointment, ...]


def schools_served_by(agency: Org, on: date) -> QuerySet[Org]:
    """Open schools that an agency serves on a day: named one by one, or through their district, county or state."""
    served = RawSQL(f"({_SERVED})", [agency.pk, on, on, on, on])  # noqa: S611  fixed words, values apart
    reach = Org.objects.filter(pk__in=served)
    return (
        Org.objects.schools()
        .open_on(on)
        .filter(Q(pk__in=served) | Q(state__in=reach.filter(kind=Org.Kind.STATE)))
        .order_by("name", "pk")
    )


def with_coordinators(schools: Sequence[Org], on: date) -> list[ServedSchool]:
    """A page of schools with their districts and coordinators, in two queries."""
    district_of = {held.member_id: held.group for held in _districts(schools, on)}
    orgs = [school.pk for school in schools] + [district.pk for district in district_of.values()]
    at: dict[int, list[Appointment]] = {}
    for held in _coordinators(orgs, on):
        at.setdefault(held.org_id, []).append(held)
    return [
        ServedSchool(
            school,
            district_of[school.pk].name if school.pk in district_of else "",
            (*at.get(school.pk, ()), *(at.get(district_of[school.pk].pk, ()) if school.pk in district_of else ())),
        )
        for school in schools
    ]


def _districts(schools: Sequence[Org], on: date) -> QuerySet[Membership]:
    holds = Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    return Membership.objects.filter(holds, axis=Membership.DISTRICT, member__in=schools).select_related("group")


def _coordinators(orgs: Iterable[int], on: date) -> QuerySet[Appointment]:
    held = Appointment.objects.current(on).filter(org__in=list(orgs), office__in=COORDINATORS)
    return held.select_related("person").order_by("person__name", "pk")


def drills_ahead_for(agency: Org, on: date, most: int) -> list[tuple[SeenDrill, bool]]:
    """The next drills at the schools an agency serves, each with whether it was asked to come."""
    found = list(seen_ahead(on).filter(school__in=schools_served_by(agency, on).order_by())[:most])
    asked = set(
        Invitation.objects.filter(agency=agency, drill_id__in=[drill.pk for drill in found]).values_list(
            "drill_id", flat=True
        )
    )
    return [(drill, drill.pk in asked) for drill in found]
