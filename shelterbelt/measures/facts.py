"""What is known of every unit for one output in one school year: the ground of every figure."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shelterbelt.measures.asking import Asked
from shelterbelt.measures.finding import definition_of
from shelterbelt.measures.reading import NO_UNITS, read_amounts, read_units
from shelterbelt.measures.rules import Answer, Figure, Ints, Small, answers, roll_up
from shelterbelt.measures.serving import serving_on
from shelterbelt.orgs.placement import Axis, Key, Placement


@dataclass(frozen=True)
class Facts:
    """Each unit's answer and level, and where the units lie.

    `places` are positions in the placement's arrays, `owners` the unit each belongs to: one each for schools and
    districts, one per organisation served for people, none for the state.
    """

    asked: Asked
    units: Ints
    answer: Small
    level: Small
    places: Ints
    owners: Ints

    def figures(self, axis: Axis) -> dict[Key, Figure]:
        """The figure of every group along an axis; a person counts once in each group they serve."""
        codes = axis.codes[self.places]
        owners = self.owners
        if self.asked.output.unit == "person":
            pairs = np.unique(np.stack([codes, owners]), axis=1)
            codes, owners = pairs[0], pairs[1]
        rows = roll_up(codes, len(axis), self.answer[owners], self.level[owners])
        return dict(zip(axis.keys, rows, strict=True))

    def inside(self, here: npt.NDArray[np.bool_]) -> "Facts":
        """The same facts for the units at some places only: `here` says of each place whether it is one of them."""
        kept = here[self.places]
        chosen, owners = np.unique(self.owners[kept], return_inverse=True)
        return Facts(
            asked=self.asked,
            units=self.units[chosen],
            answer=self.answer[chosen],
            level=self.level[chosen],
            places=self.places[kept],
            owners=owners.astype(np.int64),
        )

    @property
    def total(self) -> Figure:
        """All units together, each once."""
        return roll_up(np.zeros(len(self.units), dtype=np.int64), 1, self.answer, self.level)[0]

    def of(self, unit: int) -> tuple[Answer, int]:
        """One unit's answer and level; KeyError for something that is no unit here."""
        place = int(np.searchsorted(self.units, unit))
        if place >= len(self.units) or self.units[place] != unit:
            raise KeyError(unit)
        return Answer(int(self.answer[place])), int(self.level[place])

    def with_answers(self, *wanted: Answer) -> list[int]:
        """The ids of units that gave one of these answers."""
        ids: list[int] = self.units[np.isin(self.answer, [int(each) for each in wanted])].tolist()
        return ids


@dataclass(frozen=True)
class Counted:
    """What a counting output adds up to: each reporting organisation's number."""

    asked: Asked
    amounts: dict[int, float]

    def of(self, org: int) -> float | None:
        """An organisation's number; None where it reported none."""
        return self.amounts.get(org)


@dataclass(frozen=True)
class Universe:
    """The units of a kind on a day, and where they lie; one for all outputs that count them."""

    units: Ints
    places: Ints
    owners: Ints


def read_facts(asked: Asked, universe: Universe) -> Facts:
    """Ask the output's definition, in the scope of an actor that sees all records."""
    units, places, owners = universe.units, universe.places, universe.owners
    definition = definition_of(asked.output)
    aside = definition.not_concerned(asked)
    answer, level = answers(
        units,
        met=read_units(definition.meets(asked)),
        reported=read_units(definition.reported(asked))[0],
        not_concerned=read_units(aside)[0] if aside is not None else NO_UNITS,
    )
    if asked.output.kind == "established":
        # Nobody reports that an office does not exist; that there is no record of it is the answer.
        answer = np.where(answer == Answer.NOT_REPORTED, Answer.NOT_MET, answer).astype(np.int8)
    return Facts(asked, units, answer, level, places, owners)


def read_counted(asked: Asked) -> Counted:
    """Ask a counting output's definition."""
    return Counted(asked, dict(read_amounts(definition_of(asked.output).amounts(asked))))


def universe_of(unit: str, placed: Placement) -> Universe:
    """All schools, all districts, or the state."""
    if unit == "state":
        return Universe(np.array([placed.state_id], dtype=np.int64), NO_UNITS, NO_UNITS)
    places = np.flatnonzero(placed.is_school if unit == "school" else ~placed.is_school).astype(np.int64)
    return Universe(placed.ids[places], places, np.arange(len(places), dtype=np.int64))


def people_of(asked: Asked, placed: Placement) -> Universe:
    """Everybody who serves schools on the day."""
    people, orgs = serving_on(asked)
    places = placed.index_of(orgs)
    here = places >= 0
    units, owners = np.unique(people[here], return_inverse=True)
    return Universe(units, places[here], owners.astype(np.int64))


def spread_to_schools(facts: Facts, placed: Placement) -> Facts:
    """The same answers counted in schools: each has its district's. Schools without a district did not report."""
    places = np.flatnonzero(placed.is_school).astype(np.int64)
    district = placed.district[places]
    # One place more than there are districts, so that a school without one finds `not reported` there.
    spot = np.searchsorted(facts.units, district)
    units, answer, level = np.append(facts.units, -1), np.append(facts.answer, 0), np.append(facts.level, 0)
    known = units[spot] == district
    return Facts(
        asked=facts.asked,
        units=placed.ids[places],
        answer=np.where(known, answer[spot], Answer.NOT_REPORTED).astype(np.int8),
        level=np.where(known, level[spot], 0).astype(np.int8),
        places=places,
        owners=np.arange(len(places), dtype=np.int64),
    )
