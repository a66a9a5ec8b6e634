"""Marks the places whose people one can enter as: a lively district with a school, an officer, police and fire."""

from collections.abc import Iterator

import numpy as np

from shelterbelt.demo.world import District, Row, Rows, School, World, holder
from shelterbelt.orgs.demonstration.tables import IDENTIFIER

STATE, DISTRICT, SCHOOL, POLICE, FIRE = (
    "demonstration", "demonstration-district", "demonstration-school", "demonstration-police", "demonstration-fire",
)  # fmt: skip
"""Own keys of those places. The state's says besides that this database holds the demonstration."""


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:  # noqa: ARG001 - it chooses the best, not any
    """One key for each of the places, once in a state."""
    if not world.is_first:
        return
    district, school = chosen(world)
    places: list[tuple[int | None, str]] = [
        (world.ground.state_id, STATE),
        (district.id, DISTRICT),
        (school.id if school else None, SCHOOL),
        (_police(world, district), POLICE),
        (district.fire_id or next((each.id for each in world.agencies if each.service == "fire"), None), FIRE),
    ]
    marks: list[Row] = [(org, "own", key, None) for org, key in places if org is not None]
    yield Rows("orgs_identifier", IDENTIFIER, marks)


def chosen(world: World) -> tuple[District, School | None]:
    """The district and the school whose people one can be."""
    district = max(world.districts, key=lambda each: _worth(world, each))
    return district, max(district.schools, key=lambda each: _fits(world, each), default=None)


def _police(world: World, district: District) -> int | None:
    return district.police_id or world.by_county.get(("law_enforcement", district.county.id))


def _worth(world: World, district: District) -> tuple[bool, int, float]:
    """A public district of some schools, everything held by somebody, neither the best nor the worst."""
    today = world.today
    filled = [
        holder(district.coordinator, today) is not None,
        holder(district.coordinator, today) != holder(district.superintendent, today),
        any(_fits(world, school) >= 3 for school in district.schools),
        district.police_id is not None and holder(world.leads.get(district.police_id, ()), today) is not None,
        district.fire_id is not None and holder(world.leads.get(district.fire_id, ()), today) is not None,
        4 <= len(district.schools) <= 9,
    ]
    return district.sector == "public" and district.closed_on is None, sum(filled), -abs(district.strength - 0.15)


def _fits(world: World, school: School) -> int:
    """A school that always was there, with principal and resource officer."""
    return (
        (school.closed_on is None and school.opened_on < world.years[0].starts_on)
        + (holder(school.principal, world.today) is not None)
        + (holder(school.resource_officers, world.today) is not None)
    )
