"""The schools, districts or people behind one answer, by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.placement import Placement
from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.rules import CLOSED_OFFICES, OFFICES
from shelterbelt.strategy.model import Output

SERVING = frozenset(name for name, office in OFFICES.items() if office.serves_schools) - CLOSED_OFFICES
"""Offices whose holders may be named in a list."""


@dataclass(frozen=True)
class Unit:
    """A school or district that gave the answer, or a person with the organisation they serve."""

    org: int
    name: str
    place: int
    """Id of the district a school belongs to, of the county a district lies in, or of the organisation served."""


def units_with(measured: Measured, output: Output, year: SchoolYear, answer: Answer, within: Org) -> list[Unit]:
    """The units inside an organisation that gave an answer, by name.

    People are read with the reader's own eyes: those whose office the law keeps closed are not among them.
    """
    placed = measured.placement(year)
    ids = measured.facts(output, year).inside(placed.inside(within)).with_answers(answer)
    if output.unit == "person":
        return _people(ids, measured.asked(output, year).on, placed, within)
    found = [_unit(placed, int(place)) for place in placed.index_of(ids)]
    return sorted(found, key=lambda unit: unit.name.casefold())


def names_of_places(units: Sequence[Unit]) -> dict[int, str]:
    """What the places of some units are called."""
    return dict(Org.objects.filter(pk__in={unit.place for unit in units}).values_list("pk", "name"))


def _unit(placed: Placement, place: int) -> Unit:
    above = placed.district if placed.is_school[place] else placed.county
    return Unit(int(placed.ids[place]), placed.names[place], int(above[place]))


def _people(ids: list[int], on: date, placed: Placement, within: Org) -> list[Unit]:
    inside = placed.ids[placed.inside(within)].tolist()
    held = (
        Appointment.objects.current(on)
        .filter(person__in=ids, office__in=SERVING, org__in=inside)
        .order_by("person__name", "from_on", "pk")
    )
    first: dict[int, int] = {}
    for person, org in held.values_list("person", "org"):
        first.setdefault(person, org)
    names = dict(Person.objects.filter(pk__in=first).values_list("pk", "name"))
    return [Unit(org, names[person], org) for person, org in first.items() if person in names]
