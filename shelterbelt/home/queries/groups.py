"""An output along an axis: one row for each region, county, district or kind of school, in the order asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.home import state_words as words
from shelterbelt.measures.measured import NEAR, Measured
from shelterbelt.measures.rules import Figure
from shelterbelt.orgs.models import Identifier, Org
from shelterbelt.orgs.placement import Key
from shelterbelt.strategy.model import Output

BY_ID = ("state", "district", "county")
BY_WORD = ("sector", "grade_span", "size_band")
UNDER = {
    Org.Kind.STATE: ("county", "district"),
    Org.Kind.REGION: ("county", "district"),
    Org.Kind.COUNTY: ("district",),
}


@dataclass(frozen=True)
class Group:
    """One row of a roll-up. `org` is empty for kinds of school and for units that belong to no group."""

    name: str
    org: int | None
    figure: Figure


SORTS: dict[str, Callable[[Group], str | float | None]] = {
    "name": lambda group: group.name.casefold(),
    "value": lambda group: group.figure.value,
    "reporting": lambda group: group.figure.reporting_rate,
    "verified": lambda group: group.figure.verified_share,
    "lacking": lambda group: group.figure.lacking,
    "units": lambda group: group.figure.concerned,
}


def axes_for(measured: Measured, output: Output, year: SchoolYear, within: Org) -> tuple[str, ...]:
    """The axes along which an output may be shown inside an organisation."""
    if output.kind != "percentage":
        return ()
    systems = tuple(sorted(measured.placement(year).regions)) if within.kind == Org.Kind.STATE else ()
    if output.visibility == "state":
        return systems
    inside = UNDER.get(Org.Kind(within.kind), ())
    return (*systems, *inside, *(BY_WORD if output.unit == "school" else BY_WORD[:1]))


def groups_along(measured: Measured, output: Output, year: SchoolYear, axis: str, within: Org) -> list[Group]:
    """The groups along an axis that have units inside an organisation."""
    if within.kind == Org.Kind.STATE:
        figures = measured.figures(output, year, axis)
    else:
        placed = measured.placement(year)
        facts = measured.facts(output, year, near=axis in NEAR)
        figures = facts.inside(placed.inside(within)).figures(placed.codes(axis))
    found = {key: figure for key, figure in figures.items() if figure.units}
    names = names_of(axis, found)
    return [Group(names[key], key if isinstance(key, int) else None, figure) for key, figure in found.items()]


def names_of(axis: str, keys: Iterable[Key]) -> dict[Key, str]:
    """What the groups of an axis are called, in one query."""
    keys = list(keys)
    if axis in BY_WORD:
        return {key: words.kind_of_school(axis, str(key)) for key in keys}
    orgs = Org.objects.filter(pk__in=[key for key in keys if key is not None]).values_list("pk", "name")
    return {None: words.no_group(axis), **dict(orgs)}


def codes_of(axis: str, state: Org) -> dict[int, str]:
    """The official code of each group of an axis: FIPS for counties, the state's own for districts."""
    schemes = {"state": "fips", "county": "fips", "district": "state_district"}
    kinds = {"state": "state", "county": "county", "district": "district"}
    found = Identifier.objects.filter(scheme=schemes.get(axis, "region"), org__kind=kinds.get(axis, "region"))
    if axis != "state":
        found = found.filter(org__state=state)
    return dict(found.values_list("org_id", "value"))


def in_order(groups: list[Group], sort: str) -> list[Group]:
    """Sorted by a column, from the far end with a minus; groups without a value come last either way."""
    key = SORTS[sort.removeprefix("-")]
    known = [group for group in groups if key(group) is not None]
    named = sorted(known, key=SORTS["name"])  # type: ignore[arg-type]  # a name is never missing
    ordered = sorted(named, key=key, reverse=sort.startswith("-"))  # type: ignore[arg-type]  # None left out above
    return ordered + [group for group in groups if key(group) is None]
