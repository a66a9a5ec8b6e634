"""What is known of every unit for one output in one school year: the ground of every figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from shelterbelt.core.arrays import Ints, Lookup, different
from shelterbelt.measures.asking import Asked
from shelterbelt.measures.finding import definition_of
from shelterbelt.measures.reading import NO_UNITS, Found, read_amounts, read_together
from shelterbelt.measures.rules import Answer, Figure, Figures, Small, answers, kinds, places_of, roll_up
from shelterbelt.measures.serving import Serving
from shelterbelt.measures.sets import NOBODY, Units
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

    @property
    def nbytes(self) -> int:
        """How much memory it takes, without the units, which all outputs share."""
        return 3 * self.answer.nbytes

    def figures(self, axis: Axis) -> Figures[Key]:
        """The figure of every group along an axis; a person counts once in each group they serve."""
        codes = axis.codes[self.places]
        owners = self.owners
        if self.asked.output.unit == "person":
            codes, owners = np.divmod(different(codes * len(self.units) + owners), max(1, len(self.units)))
        return Figures(axis.places, roll_up(codes, len(axis), self._kinds[owners]))

    @cached_property
    def _kinds(self) -> Small:
        return kinds(self.answer, self.level)

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
        return Figure(*roll_up(np.zeros(len(self.units), dtype=np.int64), 1, self._kinds)[0].tolist())

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

    @property
    def nbytes(self) -> int:
        """How much memory it takes, with the table that finds its units."""
        return 4 * self.units.nbytes + self.places.nbytes + self.owners.nbytes

    @cached_property
    def places_of(self) -> Lookup:
        """Where each unit stands among them."""
        return places_of(self.units)


def read_facts(wanted: Sequence[Asked], universe_of: Callable[[Asked], Universe]) -> list[Facts]:
    """Ask the definitions of several outputs, in the scope of an actor that sees all records."""
    sets: list[Units] = []
    for asked in wanted:
        definition = definition_of(asked.output)
        aside = definition.not_concerned(asked)
        sets += [definition.meets(asked), definition.reported(asked), NOBODY if aside is None else aside]
    found = iter(read_together(sets))
    return [_facts(asked, universe_of(asked), next(found), next(found), next(found)) for asked in wanted]


def _facts(asked: Asked, universe: Universe, met: Found, reported: Found, aside: Found) -> Facts:
    answer, level = answers(
        universe.places_of, len(universe.units), met=met, reported=reported[0], not_concerned=aside[0]
    )
    if asked.output.kind == "established":
        # Nobody reports that an office does not exist; that there is no record of it is the answer.
        answer = np.where(answer == Answer.NOT_REPORTED, Answer.NOT_MET, answer).astype(np.int8)
    return Facts(asked, universe.units, answer, level, universe.places, universe.owners)


def read_counted(asked: Asked) -> Counted:
    """Ask a counting output's definition."""
    ids, numbers = read_amounts(definition_of(asked.output).amounts(asked))
    return Counted(asked, dict(zip(ids.tolist(), numbers.tolist(), strict=True)))


def universe_of(unit: str, placed: Placement) -> Universe:
    """All schools, all districts, or the state."""
    if unit == "state":
        return Universe(np.array([placed.state_id], dtype=np.int64), NO_UNITS, NO_UNITS)
    places = np.flatnonzero(placed.is_school if unit == "school" else ~placed.is_school)
    return Universe(placed.ids[places], places, np.arange(len(places), dtype=np.int64))


def people_of(serving: Serving, placed: Placement, *, with_closed: bool) -> Universe:
    """Everybody who serves schools."""
    people, orgs = serving.counted(with_closed=with_closed)
    places = placed.index_of(orgs)
    here = places >= 0
    units, owners = np.unique(people[here], return_inverse=True)
    return Universe(units, places[here], owners.astype(np.int64))


def spread_to_schools(facts: Facts, placed: Placement) -> Facts:
    """The same answers counted in schools: each has its district's. Schools without a district did not report."""
    places = np.flatnonzero(placed.is_school).astype(np.int64)
    district = placed.district[places]
    # One place more than there are districts, so that a school without one finds `not reported` there.
    spot = places_of(facts.units)(district)
    return Facts(
        asked=facts.asked,
        units=placed.ids[places],
        answer=np.append(facts.answer, np.int8(Answer.NOT_REPORTED))[spot],
        level=np.append(facts.level, np.int8(0))[spot],
        places=places,
        owners=np.arange(len(places), dtype=np.int64),
    )
