"""Agencies of every service, and whom they serve: some a county, some a district."""

from collections.abc import Iterator

import numpy as np

from shelterbelt.demo.world import Agency, County, District, Row, Rows, World
from shelterbelt.orgs.demonstration.tables import JURISDICTION, ORG, org_row
from shelterbelt.orgs.models import BEGINNING

OF_COUNTY = {
    "law_enforcement": "{county} Sheriff's Office",
    "dispatch": "{county} 911",
    "emergency_management": "{county} Emergency Management",
    "ems": "{county} Ambulance District",
}
COUNTIES_SHARING = {
    "mental_health": (5, "{place} Behavioral Health"),
    "child_welfare": (8, "{place} Children's Office"),
}
"""Services that several counties share: how many, and how such an agency is called."""


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Sheriff, 911, emergency management and ambulance by county; police and fire by district; care by area."""
    orgs: list[Row] = []
    serves: list[Row] = []
    for county in world.ground.counties:
        for service, name in OF_COUNTY.items():
            agency = _found(world, orgs, service, name.format(county=county.name), county)
            world.by_county[service, county.id] = agency.id
            serves.append((agency.id, county.id, BEGINNING, None))
    _shared(world, orgs, serves)
    for district in world.districts:
        if district.sector != "non_public":
            _of_district(world, rng, orgs, serves, district)
    yield Rows("orgs_org", ORG, orgs)
    yield Rows("orgs_jurisdiction", JURISDICTION, serves)


def _shared(world: World, orgs: list[Row], serves: list[Row]) -> None:
    for service, (many, name) in COUNTIES_SHARING.items():
        counties = world.ground.counties
        for start in range(0, len(counties), many):
            called = name.format(place=world.names.place())
            agency = _found(world, orgs, service, called, counties[start])
            serves.extend((agency.id, county.id, BEGINNING, None) for county in counties[start : start + many])
            for county in counties[start : start + many]:
                world.by_county[service, county.id] = agency.id


def _of_district(
    world: World, rng: np.random.Generator, orgs: list[Row], serves: list[Row], district: District
) -> None:
    """Towns with three schools or more mostly have police of their own; most places have a fire district."""
    if len(district.schools) >= 3 and rng.random() < 0.85:
        agency = _found(world, orgs, "law_enforcement", f"{district.place} Police Department", district.county)
        district.police_id = agency.id
        late = rng.random() < 0.04
        serves.append((agency.id, district.id, world.years[-1].starts_on if late else BEGINNING, None))
    if rng.random() < 0.7:
        agency = _found(world, orgs, "fire", f"{district.place} Fire Protection District", district.county)
        district.fire_id = agency.id
        serves.append((agency.id, district.id, BEGINNING, None))


def _found(world: World, orgs: list[Row], service: str, name: str, county: County) -> Agency:
    agency = Agency(world.next_id("orgs_org"), service, world.names.own(name), county)
    world.agencies.append(agency)
    orgs.append(org_row(world, agency.id, "agency", agency.name, service=service, point=county.point, city=county.name))
    return agency
