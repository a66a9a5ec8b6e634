"""Where every open school and district of a state belongs on a day, in arrays: the ground of every roll-up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import compress
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from shelterbelt.core.arrays import Ints, Lookup
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.history import NONE, History, by_word, day_number, history
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.rules import size_band

Key: TypeAlias = int | str | None


@dataclass(frozen=True)
class Axis:
    """The units sorted into groups: `keys[codes[i]]` is the group of unit i. Ready for np.bincount.

    Keys are ids of organisations (state, district, county, region systems) or words (sector, grade_span, size_band).
    When some units belong to no group, the last key is None.
    """

    keys: tuple[Key, ...]
    codes: Ints

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def places(self) -> dict[Key, int]:
        """The code of each group."""
        return {key: code for code, key in enumerate(self.keys)}


@dataclass(frozen=True)
class Placement:
    """All open schools and districts of a state on a day. Every array has one place for each unit, in order of id."""

    on: date
    state_id: int
    ids: Ints
    is_school: npt.NDArray[np.bool_]
    names: tuple[str, ...]
    district: Ints
    """A school's district, a district itself, or 0."""
    county: Ints
    regions: Mapping[str, Ints]
    """Region system to the region of each unit, or 0."""
    by_word: Mapping[str, Axis]
    """The units by sector and grade_span."""
    enrolled: Callable[[Ints], Ints] = field(repr=False)
    """Gives the students of each id in the year, or in the latest known year before it; -1 unknown."""
    _axes: dict[str, Axis] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def nbytes(self) -> int:
        """About how much memory it takes with all its axes; names are shared with its history."""
        return (8 + 2 * (len(self.regions) + 5)) * self.ids.nbytes

    @property
    def axes(self) -> tuple[str, ...]:
        """The names that `codes` knows."""
        return ("state", "district", "county", *self.regions, *self.by_word, "size_band")

    @cached_property
    def students(self) -> Ints:
        """Students in the year, or in the latest known year before it; -1 unknown. A district's is its schools' sum."""
        return _with_sums(self.ids, self.is_school, self.district, self.enrolled(self.ids))

    def codes(self, axis: str) -> Axis:
        """The units sorted along an axis; KeyError for a name that isn't in `axes`."""
        if axis not in self._axes:
            self._axes[axis] = self._sorted(axis)
        return self._axes[axis]

    def inside(self, org: Org) -> npt.NDArray[np.bool_]:
        """Of each place, whether it lies in an organisation: a state, region, county, district or the school itself."""
        if org.kind == Org.Kind.STATE:
            return np.full(len(self), org.pk == self.state_id)
        if org.kind == Org.Kind.REGION:
            return np.equal(self.regions.get(org.region_system, np.zeros(len(self), dtype=np.int64)), org.pk)
        groups = {Org.Kind.COUNTY: self.county, Org.Kind.DISTRICT: self.district}
        return np.equal(groups.get(Org.Kind(org.kind), self.ids), org.pk)

    def index_of(self, ids: Sequence[int] | Ints) -> Ints:
        """The place of each id in the arrays; -1 for an id that isn't an open unit here."""
        return self._places(np.asarray(ids, dtype=np.int64))

    @cached_property
    def _places(self) -> Lookup:
        return Lookup(self.ids, np.arange(len(self.ids)), -1)

    def _sorted(self, axis: str) -> Axis:
        if axis == "state":
            return Axis((self.state_id,), np.zeros(len(self), dtype=np.int64))
        if axis == "size_band":
            return _by_size(self.students)
        if axis in self.by_word:
            return self.by_word[axis]
        if axis in {"district", "county"}:
            return _by_id(getattr(self, axis))
        return _by_id(self.regions[axis])


def _by_id(groups: Ints) -> Axis:
    found, codes = np.unique(groups, return_inverse=True)
    keys: list[Key] = [int(key) for key in found]
    codes = codes.astype(np.int64)
    if keys and keys[0] == NONE:
        keys = [*keys[1:], None]
        codes = np.where(codes == 0, len(keys), codes) - 1
    return Axis(tuple(keys), codes)


def placement(on: date, state: Org) -> Placement:
    """Read where everything open belongs on a day, in two queries."""
    return placed_on(on, history(state))


def placed_on(on: date, past: History) -> Placement:
    """Where everything open belonged on a day.

    A school without a county of its own lies in its district's; a region comes from the school's own row, else its
    district's, else its county's.
    """
    day, systems = day_number(on), sorted(set(past.groups) - {"district", "county"})
    is_open = past.open_on(day)
    ids, is_school = past.ids[is_open], past.is_school[is_open]
    district = np.where(is_school, past.groups["district"].on(day)(ids), ids)
    county_of = past.groups["county"].on(day)
    county = _first_known(county_of(ids), county_of(district))
    around = {system: past.groups[system].on(day) for system in systems}
    regions = {system: _first_known(of(ids), of(district), of(county)) for system, of in around.items()}
    return Placement(
        on=on,
        state_id=past.state_id,
        ids=ids,
        is_school=is_school,
        names=tuple(compress(past.names, is_open)),
        district=district,
        county=county,
        regions=regions,
        by_word={axis: Axis(found, places[is_open]) for axis, (found, places) in past.words.items()},
        enrolled=partial(past.students_in, SchoolYear.of(on).starts),
    )


def _first_known(*groups: Ints) -> Ints:
    """Of each unit, the first of several groups that is one."""
    found = groups[-1]
    for nearer in reversed(groups[:-1]):
        found = np.where(nearer != NONE, nearer, found)
    return found


def _with_sums(ids: Ints, is_school: npt.NDArray[np.bool_], district: Ints, students: Ints) -> Ints:
    """Give a district without a number of its own the sum of its schools' known numbers."""
    known = is_school & (students >= 0) & (district != NONE)
    groups, codes = np.unique(district[known], return_inverse=True)
    sums = np.bincount(codes, weights=students[known], minlength=len(groups)).astype(np.int64)
    return np.where(~is_school & (students < 0), Lookup(groups, sums, -1)(ids), students)


def _by_size(students: Ints) -> Axis:
    numbers, places = np.unique(students, return_inverse=True)
    bands, codes = by_word([size_band(number if number >= 0 else None) for number in numbers.tolist()])
    return Axis(bands, codes[places])
