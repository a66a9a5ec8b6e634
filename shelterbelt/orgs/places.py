"""The project's own tables of states, counties and regions, and county names from the maps where it has no table.

What a table doesn't know is left empty there, never guessed; `basis` says how a membership is known.
"""

import csv
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings

DATA = Path(__file__).parent / "data"
LOUISIANA, ALASKA, PUERTO_RICO = "22", "02", "72"
PLAIN = frozenset({ALASKA, "11", "60", "66", "69", "78"})
"""Where a county-sized place is not called a county: its name stands alone."""


@dataclass(frozen=True)
class StatePlace:
    """A state as the Census Bureau numbers it."""

    fips: str
    postal: str
    name: str


@dataclass(frozen=True)
class CountyPlace:
    """A county, its code in the state's own numbering, and its region in each system where that is known."""

    fips: str
    name: str
    state_code: str = ""
    regions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RegionPlace:
    """A region of one of a state's region systems."""

    system: str
    code: str
    name: str


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def states() -> dict[str, StatePlace]:
    """Every state, the District of Columbia and the territories, by postal code."""
    return {row["postal"]: StatePlace(**row) for row in _rows(DATA / "states.csv")}


@cache
def postal_of_fips() -> dict[str, str]:
    """Postal code of each state's FIPS number."""
    return {state.fips: postal for postal, state in states().items()}


@cache
def regions(fips: str) -> tuple[RegionPlace, ...]:
    """The regions of a state, from its table; none where it has no table."""
    path = DATA / fips / "regions.csv"
    return tuple(RegionPlace(**row) for row in _rows(path)) if path.exists() else ()


def counties(fips: str) -> tuple[CountyPlace, ...]:
    """The counties of a state: from its table, else by the names on its map; none where the maps aren't built."""
    path = DATA / fips / "counties.csv"
    if path.exists():
        systems = dict.fromkeys(region.system for region in regions(fips))
        return tuple(_county(row, systems) for row in _rows(path))
    return _counties_on_map(settings.BASE_DIR / f"build/maps/{fips}.json")


def _county(row: dict[str, str], systems: dict[str, None]) -> CountyPlace:
    known = {system: row[system] for system in systems if row.get(system)}
    return CountyPlace(row["fips"], row["name"], row["state_code"], known)


def _counties_on_map(path: Path) -> tuple[CountyPlace, ...]:
    if not path.exists():
        return ()
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["names"]
    return tuple(CountyPlace(fips, full_county_name(fips, name)) for fips, name in sorted(names.items()))


def full_county_name(fips: str, name: str) -> str:
    """The map's short name with the word that belongs to it: Acadia Parish, Adair County, Norfolk City."""
    state, county = fips[:2], fips[2:]
    if state in PLAIN:
        return name
    if state == PUERTO_RICO:
        return f"{name} Municipio"
    if state == LOUISIANA:
        return f"{name} Parish"
    # The Census Bureau numbers cities that lie in no county from 510 on.
    if county >= "510":
        return name if name.endswith("City") else f"{name} City"
    return f"{name} County"
