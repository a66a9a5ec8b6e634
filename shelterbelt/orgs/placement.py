"""Where every open school and district of a state belongs on a day, in arrays: the ground of every roll-up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from django.db import connection

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.rules import grade_span, size_band

Ints: TypeAlias = npt.NDArray[np.int64]
Key: TypeAlias = int | str | None
NONE = 0
"""Stands in an array of ids for "belongs to none"."""


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
    sector: tuple[str, ...]
    grade_span: tuple[str, ...]
    size_band: tuple[str, ...]
    students: Ints
    """Students in the year, or in the latest known year before it; -1 unknown. A district's is its schools' sum."""
    _axes: dict[str, Axis] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def axes(self) -> tuple[str, ...]:
        """The names that `codes` knows."""
        return ("state", "district", "county", *self.regions, "sector", "grade_span", "size_band")

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
        wanted = np.asarray(ids, dtype=np.int64)
        if not len(self.ids):
            return np.full(len(wanted), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[places] == wanted, places, -1).astype(np.int64)

    def _sorted(self, axis: str) -> Axis:
        if axis == "state":
            return Axis((self.state_id,), np.zeros(len(self), dtype=np.int64))
        if axis in {"sector", "grade_span", "size_band"}:
            return _by_word(getattr(self, axis))
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


def _by_word(words: tuple[str, ...]) -> Axis:
    keys = sorted(set(words))
    places = {word: place for place, word in enumerate(keys)}
    return Axis(tuple(keys), np.fromiter((places[word] for word in words), np.int64, len(words)))


_UNITS = """
select o.id, o.kind = 'school', o.name, o.sector, o.low_grade, o.high_grade,
       coalesce(case when o.kind = 'district' then o.id else d.group_id end, 0), coalesce(c.group_id, 0),
       coalesce(e.students, -1)
from orgs_org o
left join orgs_membership d on d.member_id = o.id and d.axis = 'district' and o.kind = 'school'
     and d.from_on <= %(on)s and (d.until_on is null or d.until_on > %(on)s)
left join orgs_membership c on c.member_id = o.id and c.axis = 'county'
     and c.from_on <= %(on)s and (c.until_on is null or c.until_on > %(on)s)
left join lateral (select students from orgs_enrolment where org_id = o.id and year <= %(year)s
     order by year desc limit 1) e on true
where o.state_id = %(state)s and o.kind in ('school', 'district')
  and (o.opened_on <= %(on)s and (o.closed_on is null or o.closed_on > %(on)s)
       or o.id in (select org_id from orgs_formeropening where opened_on <= %(on)s and closed_on > %(on)s))
order by o.id
"""

_REGIONS = """
select m.axis, m.member_id, m.group_id from orgs_org r join orgs_membership m on m.group_id = r.id
where r.state_id = %(state)s and r.kind = 'region'
  and m.from_on <= %(on)s and (m.until_on is null or m.until_on > %(on)s)
union all
select distinct region_system, 0, 0 from orgs_org where state_id = %(state)s and kind = 'region'
"""


def placement(on: date, state: Org) -> Placement:
    """Read where everything open belongs on a day, in two queries.

    A school without a county of its own lies in its district's; a region comes from the school's own row, else its
    district's, else its county's.
    """
    about: dict[str, date | int] = {"on": on, "state": state.pk, "year": SchoolYear.of(on).starts}
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, about)
        rows = cursor.fetchall()
        cursor.execute(_REGIONS, about)
        regions = cursor.fetchall()
    return _placed(on, state.pk, rows, regions)


def _placed(on: date, state_id: int, rows: list[Any], regions: list[Any]) -> Placement:
    columns = list(zip(*rows, strict=True)) if rows else [()] * 9
    ids, is_school, names, sectors, lows, highs, districts, counties, students = columns
    id_array, district = np.array(ids, dtype=np.int64), np.array(districts, dtype=np.int64)
    from_district = _lookup(dict(zip(ids, counties, strict=True)))
    county = np.array(counties, dtype=np.int64)
    county = np.where(county == NONE, from_district(district), county)
    school, counted = np.array(is_school, dtype=bool), np.array(students, dtype=np.int64)
    counted = _with_sums(id_array, school, district, counted)
    return Placement(
        on=on,
        state_id=state_id,
        ids=id_array,
        is_school=school,
        names=tuple(names),
        district=district,
        county=county,
        regions=_regions(regions, id_array, district, county),
        sector=tuple(sectors),
        grade_span=tuple(map(grade_span, lows, highs)),
        size_band=tuple(size_band(number if number >= 0 else None) for number in counted.tolist()),
        students=counted,
    )


def _lookup(group_of: Mapping[int, int]) -> Callable[[Ints], Ints]:
    """A function that gives the group of every id in an array, 0 where there is none."""
    return lambda ids: np.fromiter((group_of.get(key, NONE) for key in ids.tolist()), np.int64, len(ids))


def _regions(rows: list[Any], ids: Ints, district: Ints, county: Ints) -> dict[str, Ints]:
    """Each system's region of every unit: own row before district's before county's."""
    by_system: dict[str, dict[int, int]] = {}
    for system, member, group in rows:
        by_system.setdefault(system, {})[member] = group
    placed: dict[str, Ints] = {}
    for system in sorted(by_system):
        look = _lookup(by_system[system])
        own, above, around = look(ids), look(district), look(county)
        placed[system] = np.where(own != NONE, own, np.where(above != NONE, above, around))
    return placed


def _with_sums(ids: Ints, is_school: npt.NDArray[np.bool_], district: Ints, students: Ints) -> Ints:
    """Give a district without a number of its own the sum of its schools' known numbers."""
    known = is_school & (students >= 0) & (district != NONE)
    if not known.any():
        return students
    groups, codes = np.unique(district[known], return_inverse=True)
    sums = dict(zip(groups.tolist(), np.bincount(codes, weights=students[known]).astype(int).tolist(), strict=True))
    own = students.tolist()
    for place in np.flatnonzero(~is_school & (students < 0)).tolist():
        own[place] = sums.get(int(ids[place]), -1)
    return np.array(own, dtype=np.int64)
