"""Questions about who belongs where on a day: for one organisation, or for a whole state at once."""

from datetime import date
from functools import partial

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from shelterbelt.orgs import places
from shelterbelt.orgs.models import Jurisdiction, Membership, Org
from shelterbelt.orgs.placement import Axis, Placement, placement

__all__ = [
    "Axis",
    "Placement",
    "agencies_serving",
    "district_of",
    "districts_of",
    "groups_of",
    "placement",
    "region_systems",
    "schools_of",
    "state_with_code",
]


def _holds(on: date, prefix: str = "") -> Q:
    """The interval of a membership or jurisdiction holds on a day."""
    return Q(**{f"{prefix}from_on__lte": on}) & (Q(**{f"{prefix}until_on": None}) | Q(**{f"{prefix}until_on__gt": on}))


def schools_of(district: Org | int, on: date) -> QuerySet[Org]:
    """The open schools of a district on a day, by name."""
    return Org.objects.schools().open_on(on).in_group(district, on).order_by("name", "pk")


def districts_of(state: Org, on: date) -> QuerySet[Org]:
    """The open districts of a state on a day, by name."""
    return Org.objects.districts().open_on(on).filter(state=state).order_by("name", "pk")


def district_of(school: Org, on: date) -> Org | None:
    """The district a school belongs to on a day; a district's own is itself; None for most private schools."""
    if school.kind == Org.Kind.DISTRICT:
        return school
    held = (
        Membership.objects.filter(_holds(on), member=school, axis=Membership.DISTRICT).select_related("group").first()
    )
    return held.group if held else None


def groups_of(org: Org, on: date) -> dict[str, Org]:
    """The groups an organisation belongs to on a day: axis (district, county, a region system) to group.

    What a school has no row for comes from its district, and regions that neither names come from its county.
    """
    groups: dict[str, Org] = {}
    level = [org.pk]
    while level:
        rows = Membership.objects.filter(_holds(on), member__in=level).select_related("group")
        # Level by level; on one level the district speaks before the county.
        found = sorted(rows, key=partial(_turn, level))
        level = []
        for held in found:
            if held.axis not in groups:
                groups[held.axis] = held.group
                level.append(held.group_id)
    return groups


def _turn(level: list[int], held: Membership) -> tuple[int, bool, str]:
    return level.index(held.member_id), held.axis != Membership.DISTRICT, held.axis


def state_with_code(code: str) -> Org | None:
    """The state with this FIPS number or postal code, if it has been made."""
    place = places.states().get(code.upper())
    fips = place.fips if place else code
    return Org.objects.filter(kind=Org.Kind.STATE, identifiers__scheme="fips", identifiers__value=fips).first()


def region_systems(state: Org) -> list[str]:
    """The sets of regions a state uses at once, in alphabetical order."""
    names = Org.objects.filter(state=state, kind=Org.Kind.REGION).order_by("region_system")
    return list(names.values_list("region_system", flat=True).distinct())


def agencies_serving(org: Org, on: date) -> QuerySet[Org]:
    """The agencies that serve a school (itself, or its whole district, county or state) on a day, by service."""
    reach = [org, *groups_of(org, on).values()]
    serves = Jurisdiction.objects.filter(_holds(on), Q(org__in=reach) | Q(org=org.state_id), agency=OuterRef("pk"))
    agencies = Org.objects.filter(Exists(serves), kind=Org.Kind.AGENCY).open_on(on)
    return agencies.order_by(F("service").asc(), "name", "pk")
