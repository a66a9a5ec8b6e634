"""Make a state with its counties and regions, under the scope of the caller."""

from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.orgs import places
from shelterbelt.orgs.models import Identifier, Membership, Org
from shelterbelt.orgs.queries import state_with_code

Scheme = Identifier.Scheme


class UnknownStateError(ValueError):
    """No state has this postal code. The message is a sentence."""


@transaction.atomic
def install_state(code: str) -> Org:
    """Make the state with this postal code, its counties and its regions; what is already there stays as it is."""
    place = places.states().get(code.upper())
    if place is None:
        raise UnknownStateError(_("%(code)s is not the postal code of a state; write it as MO.") % {"code": code})
    state = state_with_code(place.fips)
    if state is None:
        state = Org.objects.create(kind=Org.Kind.STATE, name=place.name)
        Identifier.objects.create(org=state, scheme=Scheme.FIPS, value=place.fips)
    found = places.counties(place.fips)
    counties = _make_counties(state, found)
    regions = _make_regions(state, places.regions(place.fips))
    _place_counties(found, counties, regions)
    return state


def _make_counties(state: Org, found: tuple[places.CountyPlace, ...]) -> dict[str, int]:
    """Counties by FIPS code."""
    known = _by_identifier(Org.Kind.COUNTY, state, Scheme.FIPS)
    missing = [county for county in found if county.fips not in known]
    made = Org.objects.bulk_create(Org(kind=Org.Kind.COUNTY, name=county.name, state=state) for county in missing)
    Identifier.objects.bulk_create(
        Identifier(org=org, scheme=Scheme.FIPS, value=county.fips) for org, county in zip(made, missing, strict=True)
    )
    Identifier.objects.bulk_create(
        Identifier(org=org, scheme=Scheme.STATE_COUNTY, value=county.state_code, within=state)
        for org, county in zip(made, missing, strict=True)
        if county.state_code
    )
    return known | {county.fips: org.pk for org, county in zip(made, missing, strict=True)}


def _make_regions(state: Org, found: tuple[places.RegionPlace, ...]) -> dict[str, int]:
    """Regions by `system:code`."""
    known = _by_identifier(Org.Kind.REGION, state, Scheme.REGION)
    missing = [region for region in found if f"{region.system}:{region.code}" not in known]
    made = Org.objects.bulk_create(
        Org(kind=Org.Kind.REGION, name=region.name, region_system=region.system, state=state) for region in missing
    )
    Identifier.objects.bulk_create(
        Identifier(org=org, scheme=Scheme.REGION, value=f"{region.system}:{region.code}", within=state)
        for org, region in zip(made, missing, strict=True)
    )
    return known | {f"{region.system}:{region.code}": org.pk for org, region in zip(made, missing, strict=True)}


def _place_counties(found: tuple[places.CountyPlace, ...], counties: dict[str, int], regions: dict[str, int]) -> None:
    """Put counties into their regions. A county that ever had a row for a system keeps what the state made of it."""
    placed = set(Membership.objects.filter(member__in=counties.values()).values_list("member_id", "axis"))
    Membership.objects.bulk_create(
        Membership(member_id=counties[county.fips], group_id=regions[f"{system}:{code}"], axis=system)
        for county in found
        for system, code in county.regions.items()
        if (counties[county.fips], system) not in placed
    )


def _by_identifier(kind: str, state: Org, scheme: str) -> dict[str, int]:
    rows = Identifier.objects.filter(scheme=scheme, org__kind=kind, org__state=state)
    return dict(rows.values_list("value", "org_id"))
