"""Where nobody can be reached, and how well a state can be reached as a whole. For its supervisors and office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from shelterbelt.contacts import rules
from shelterbelt.contacts.defaults import settings
from shelterbelt.contacts.models import Contact
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import Placement, placement


class _Counted(NamedTuple):
    """The contacts of one organisation."""

    contacts: int = 0
    confirmed: int = 0
    hours: tuple[str, ...] = ()
    """Of those confirmed."""

    @property
    def is_full(self) -> bool:
        return rules.is_full(rules.Chain(self.hours), settings())


@dataclass(frozen=True)
class Gap:
    """A school whose chain lacks something."""

    school_id: int
    school: str
    district_id: int
    district: str
    region_id: int
    region: str
    contacts: int
    confirmed: int


@dataclass(frozen=True)
class Reached:
    """How well a state can be reached: two measures, each with its numbers."""

    contacts: int
    verified: int
    schools: int
    with_full_chain: int
    without_confirmed: int

    @property
    def verified_share(self) -> float | None:
        """Contacts verified in 180 days, in percent."""
        return 100 * self.verified / self.contacts if self.contacts else None

    @property
    def full_share(self) -> float | None:
        """Schools with a full chain, in percent."""
        return 100 * self.with_full_chain / self.schools if self.schools else None


class Reach:
    """The chains of a state at a moment, counted once."""

    def __init__(self, state: Org, at: datetime) -> None:
        self.state, self.at = state, at

    @cached_property
    def placed(self) -> Placement:
        """Its open schools and districts."""
        return placement(timezone.localdate(self.at), self.state)

    @cached_property
    def counted(self) -> dict[int, _Counted]:
        """The contacts of each organisation that has any."""
        confirmed = Q(status=Contact.Status.CONFIRMED, verified_at__gte=self.at - settings().verified_for)
        by_hours = {hours: Count("pk", filter=confirmed & Q(hours=hours)) for hours in rules.HOURS}
        rows = Contact.objects.filter(org__state=self.state).in_use().order_by().values("org").annotate(
            contacts=Count("pk"), **by_hours
        )  # fmt: skip
        return {row["org"]: _counted(row) for row in rows}

    def of(self, org_id: int) -> _Counted:
        """One organisation's contacts."""
        return self.counted.get(org_id, _Counted())

    def schools(self) -> Iterator[int]:
        """The place of each open school in the arrays."""
        return (place for place in range(len(self.placed)) if self.placed.is_school[place])


def _counted(row: Mapping[str, Any]) -> _Counted:
    hours = tuple(name for name in rules.HOURS for _ in range(row[name]))
    return _Counted(row["contacts"], len(hours), hours)


def gaps(
    state: Org, at: datetime, *, system: str = "", region: int | None = None, reach: Reach | None = None
) -> list[Gap]:
    """The open schools without a confirmed contact, by region (of a set of regions), district and name."""
    reach = reach or Reach(state, at)
    placed, regions = reach.placed, reach.placed.regions.get(system)
    found = []
    for place in reach.schools():
        counted = reach.of(int(placed.ids[place]))
        lies_in = int(regions[place]) if regions is not None else 0
        if counted.confirmed or (region is not None and lies_in != region):
            continue
        found.append((int(placed.ids[place]), placed.names[place], int(placed.district[place]), lies_in, counted))
    return sorted(_named(found), key=lambda gap: (gap.region, gap.district, gap.school))


def _named(found: list[tuple[int, str, int, int, _Counted]]) -> Iterator[Gap]:
    wanted = {each for _, _, district, region, _ in found for each in (district, region)}
    names = dict(Org.objects.filter(pk__in=wanted).values_list("pk", "name"))
    for school_id, school, district, region, counted in found:
        yield Gap(
            school_id, school, district, names.get(district, ""), region, names.get(region, ""),
            counted.contacts, counted.confirmed,
        )  # fmt: skip


def reached(state: Org, at: datetime, *, reach: Reach | None = None) -> Reached:
    """The two measures of a state's chains, its agencies' and districts' contacts included in the first."""
    reach = reach or Reach(state, at)
    schools = [reach.of(int(reach.placed.ids[place])) for place in reach.schools()]
    return Reached(
        contacts=sum(each.contacts for each in reach.counted.values()),
        verified=sum(each.confirmed for each in reach.counted.values()),
        schools=len(schools),
        with_full_chain=sum(each.is_full for each in schools),
        without_confirmed=sum(not each.confirmed for each in schools),
    )
