"""The districts of a region or county, each with how much it has reported and reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from shelterbelt.home.looking import Look
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Figure
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.placement import Key
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Output

KEY_OUTPUTS = ("D-O1", "D-O5")
"""Shown for each district beside its total: the plan in force, and the drills."""


@dataclass(frozen=True)
class District:
    """One district: its schools, all its answers together, and the two outputs asked about most."""

    org: int
    name: str
    schools: int
    total: Figure
    key: tuple[Figure, ...]


def key_outputs() -> list[Output]:
    """Those of the key outputs that the plan has."""
    return [output for output in current().outputs if output.id in KEY_OUTPUTS]


DISTRICT_SORTS: dict[str, Callable[[District], str | float]] = {
    "name": lambda district: district.name.casefold(),
    "schools": lambda district: district.schools,
    "reporting": lambda district: district.total.reporting_rate or 0,
    "value": lambda district: district.total.value or 0,
}


def districts_in(measured: Measured, look: Look, org: Org, sort: str) -> list[District]:
    """A region's or county's open districts, sorted by a column."""
    placed = measured.placement(look.year)
    chosen = np.flatnonzero(placed.inside(org) & ~placed.is_school)
    schools = np.bincount(placed.codes("district").codes[placed.is_school], minlength=len(placed.codes("district")))
    many = dict(zip(placed.codes("district").keys, schools.tolist(), strict=True))
    tables = {output.id: measured.figures(output, look.year, "district") for output in _told()}
    found = [_district(int(placed.ids[place]), placed.names[place], many, tables) for place in chosen.tolist()]
    found.sort(key=DISTRICT_SORTS["name"])
    return sorted(found, key=DISTRICT_SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def _told() -> list[Output]:
    return [each for each in current().outputs if each.kind == "percentage" and each.visibility != "state"]


def _district(pk: int, name: str, schools: dict[Key, int], tables: dict[str, Mapping[Key, Figure]]) -> District:
    figures = {output: table[pk] for output, table in tables.items() if pk in table}
    return District(
        org=pk,
        name=name,
        schools=schools.get(pk, 0),
        total=sum(figures.values(), Figure()),
        key=tuple(figures.get(output.id, Figure()) for output in key_outputs()),
    )
