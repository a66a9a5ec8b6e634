"""An agency's workspace: its schools with what it holds of their plans, by county, found by name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from shelterbelt.home.queries.served import schools_served_by
from shelterbelt.orgs.models import Identifier, Membership, Org
from shelterbelt.plans.queries.responding import HeldPlan, plans_held_by

NEW, CURRENT, NONE = "new", "current", "none"
ORDER = (NEW, CURRENT, NONE)
"""What waits for the agency comes first."""


@dataclass(frozen=True)
class Place:
    """A school or district the agency serves, where it lies, and what the agency holds of its plan."""

    org: Org
    county: Org | None
    plan: HeldPlan | None

    @property
    def state(self) -> str:
        """Whether the version in force waits to be acknowledged, was, or nothing is shared."""
        return self.plan.state if self.plan else NONE


@dataclass(frozen=True)
class InCounty:
    """A county with how many of the agency's schools lie there, and how many plans it has in hand."""

    org: Org
    code: str
    schools: int
    new: int
    current: int

    @property
    def share(self) -> float:
        """Percent of its schools whose plan in force the agency has."""
        return 100 * self.current / self.schools


@dataclass(frozen=True)
class Workspace:
    """All of it, in one reading."""

    places: tuple[Place, ...]
    counties: tuple[InCounty, ...]
    others: tuple[Place, ...]
    """Plans of districts, and of schools outside of those the agency serves."""

    @property
    def waiting(self) -> int:
        """How many plans wait to be acknowledged."""
        return sum(place.state == NEW for place in (*self.places, *self.others))

    @property
    def held(self) -> int:
        """How many plans the agency holds."""
        return sum(place.plan is not None for place in (*self.places, *self.others))

    def found(self, name: str, county: str, state: str) -> list[Place]:
        """Schools with these letters in their name or city, in this county, in this state."""
        letters = name.casefold().strip()
        return [
            place
            for place in self.places
            if (not letters or letters in f"{place.org.name} {place.org.city}".casefold())
            and (not county or (place.county is not None and str(place.county.pk) == county))
            and (not state or place.state == state)
        ]


def workspace(agency: Org, on: date) -> Workspace:
    """The agency's schools, what waits first; in a handful of queries however many they are."""
    schools, held = list(schools_served_by(agency, on)), plans_held_by(agency)
    counties = _counties_of(schools, on)
    places = [Place(school, counties.get(school.pk), held.get(school.pk)) for school in schools]
    served = {school.pk for school in schools}
    return Workspace(
        places=tuple(sorted(places, key=lambda place: ORDER.index(place.state))),
        counties=tuple(_by_county(places)),
        others=tuple(Place(each.seen.org, None, each) for each in _named(held, served)),
    )


def _named(held: Mapping[int, HeldPlan], served: set[int]) -> list[HeldPlan]:
    """Plans held of others than the schools served, with whose they are."""
    wanted = {org: each for org, each in held.items() if org not in served}
    orgs = Org.objects.in_bulk(wanted) if wanted else {}
    for org, each in wanted.items():
        each.seen.org = orgs[org]
    return sorted(wanted.values(), key=lambda each: each.seen.org.name)


def _counties_of(schools: Sequence[Org], on: date) -> dict[int, Org]:
    """The county of each school: its own, or its district's."""
    holds = Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    axes = (Membership.COUNTY, Membership.DISTRICT)
    rows = Membership.objects.filter(holds, axis__in=axes, member__in=schools).select_related("group")
    own: dict[int, Org] = {}
    district: dict[int, int] = {}
    for row in rows:
        if row.axis == Membership.COUNTY:
            own[row.member_id] = row.group
        else:
            district[row.member_id] = row.group_id
    lacking = {org: above for org, above in district.items() if org not in own}
    if lacking:
        above = Membership.objects.filter(holds, axis=Membership.COUNTY, member__in=set(lacking.values()))
        of_district = {row.member_id: row.group for row in above.select_related("group")}
        own |= {org: of_district[above_id] for org, above_id in lacking.items() if above_id in of_district}
    return own


def _by_county(places: Sequence[Place]) -> list[InCounty]:
    counties = {place.county.pk: place.county for place in places if place.county is not None}
    tally = Counter((place.county.pk, place.state) for place in places if place.county is not None)
    named = Identifier.objects.filter(org__in=counties, scheme=Identifier.Scheme.FIPS)
    codes = dict(named.values_list("org_id", "value"))
    return [
        InCounty(
            org=county,
            code=codes.get(key, ""),
            schools=sum(tally[key, state] for state in ORDER),
            new=tally[key, NEW],
            current=tally[key, CURRENT],
        )
        for key, county in sorted(counties.items(), key=lambda pair: pair[1].name)
    ]
