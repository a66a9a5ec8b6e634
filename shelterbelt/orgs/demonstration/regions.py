"""The nine regional professional development centers, and the counties of a large state's further parts.

Most county lists of the centers aren't published; these are invented.
"""

from collections.abc import Iterator

import numpy as np

from shelterbelt.demo.world import County, Row, Rows, World
from shelterbelt.orgs.demonstration.tables import IDENTIFIER, MEMBERSHIP, ORG, org_row
from shelterbelt.orgs.models import BEGINNING

CENTERS: dict[str, tuple[str, tuple[float, float]]] = {
    "central": ("Central RPDC", (38.7, -93.6)),
    "heart_of_missouri": ("Heart of Missouri RPDC", (38.8, -92.2)),
    "kansas_city": ("Kansas City RPDC", (39.1, -94.5)),
    "northeast": ("Northeast RPDC", (40.1, -92.3)),
    "northwest": ("Northwest RPDC", (40.2, -94.6)),
    "south_central": ("South Central RPDC", (37.5, -91.8)),
    "southeast": ("Southeast RPDC", (37.0, -90.1)),
    "southwest": ("Southwest RPDC", (37.1, -93.6)),
    "st_louis": ("St. Louis RPDC", (38.6, -90.6)),
}
INVENTED = "{name} (counties invented)"


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:  # noqa: ARG001 - nothing here is left to chance
    """The counties and centers that the directory doesn't have, and a center for every county that has none."""
    orgs, members = _further_counties(world)
    codes: list[Row] = []
    ids = dict(world.ground.rpdc)
    for code, (name, point) in CENTERS.items():
        if code not in ids:
            ids[code] = world.next_id("orgs_org")
            called = INVENTED.format(name=name)
            orgs.append(org_row(world, ids[code], "region", called, region_system="rpdc", point=point))
            if world.is_first:
                codes.append((ids[code], "region", f"rpdc:{code}", world.ground.state_id))
    world.centers = tuple(ids.values())
    members += [
        (county.id, ids[_nearest(county)], "rpdc", BEGINNING, None)
        for county in world.ground.counties
        if county.id not in world.ground.counties_with_rpdc
    ]
    yield Rows("orgs_org", ORG, orgs)
    yield Rows("orgs_identifier", IDENTIFIER, codes)
    yield Rows("orgs_membership", MEMBERSHIP, members)


def _further_counties(world: World) -> tuple[list[Row], list[Row]]:
    """The counties of a further part, and the regions they lie in."""
    counties = () if world.is_first else world.ground.counties
    orgs = [org_row(world, county.id, "county", county.name, point=county.point) for county in counties]
    members: list[Row] = [
        (county.id, region, system, BEGINNING, None) for county in counties for system, region in county.regions
    ]
    return orgs, members


def _nearest(county: County) -> str:
    if county.point is None:
        return list(CENTERS)[county.id % len(CENTERS)]
    north, east = county.point
    # A degree to the east is about 0.78 of one to the north here.
    return min(
        CENTERS, key=lambda code: (CENTERS[code][1][0] - north) ** 2 + (0.78 * (CENTERS[code][1][1] - east)) ** 2
    )
