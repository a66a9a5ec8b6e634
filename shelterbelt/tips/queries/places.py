"""Tips by place: a school's, a district's or a region's."""

from datetime import date

from shelterbelt.orgs.finding import Wanted, find
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import placement, schools_of

MOST = 12


def schools_at(place: Org, on: date) -> list[int]:
    """The schools that a place stands for on a day. A district itself may be named in a tip too."""
    if place.kind == Org.Kind.SCHOOL:
        return [place.pk]
    if place.kind == Org.Kind.DISTRICT:
        return [place.pk, *schools_of(place, on).values_list("pk", flat=True)]
    return _in_region(place, on)


def places_called(text: str, *, state: int, on: date) -> list[Org]:
    """Schools, districts and regions with such a name: one if it is exactly that, else the likeliest."""
    kinds = (Org.Kind.SCHOOL, Org.Kind.DISTRICT, Org.Kind.REGION)
    found = list(
        find(Wanted(text=text.replace("\x00", ""), state=state, closed_too=True), on).filter(kind__in=kinds)[:MOST]
    )
    exactly = [each for each in found if each.name.casefold() == text.strip().casefold()]
    return exactly if len(exactly) == 1 else found


def _in_region(region: Org, on: date) -> list[int]:
    if region.state is None:
        return []
    placed = placement(on, region.state)
    inside = next((regions == region.pk for regions in placed.regions.values() if (regions == region.pk).any()), None)
    return [] if inside is None else [int(each) for each in placed.ids[inside]]
