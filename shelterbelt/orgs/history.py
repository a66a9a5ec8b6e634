"""All that was ever true of a state's schools and districts, in arrays: read once, it places them on any day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from django.db import connection

from shelterbelt.core.arrays import Ints, Lookup, integers, words
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.rules import grade_span

NONE = 0
"""Stands in an array of ids for "belongs to none"."""
_ZERO = date(2000, 1, 1)
_NEVER = 2**31 - 1
_BYTES_OF_A_NAME = 90


def day_number(day: date) -> int:
    """A day as it stands in the arrays: days since 1 January 2000."""
    return (day - _ZERO) // timedelta(days=1)


@dataclass(frozen=True)
class Spans:
    """Ids, what was true of each, and from which day up to which other; in no order."""

    ids: Ints
    values: Ints
    from_on: Ints
    until_on: Ints

    def within(self, values: Ints) -> "Spans":
        """Only where what was true is one of these."""
        here = np.isin(self.values, values)
        return Spans(self.ids[here], self.values[here], self.from_on[here], self.until_on[here])

    def on(self, day: int) -> Callable[[Ints], Ints]:
        """A function that gives what was true of each id on a day; 0 where nothing was."""
        held = (self.from_on <= day) & (self.until_on > day)
        return Lookup(self.ids[held], self.values[held], NONE)


@dataclass(frozen=True)
class History:
    """Every school and district that a state has or had, in order of id, and where each belonged when."""

    state_id: int
    ids: Ints
    is_school: np.ndarray
    names: list[str]
    words: Mapping[str, tuple[tuple[str, ...], Ints]]
    """By sector and by grade_span: the words there are, and which of them each has."""
    openings: tuple[Spans, ...]
    """The latest opening of each, then the former ones: what was true is 1."""
    groups: Mapping[str, Spans]
    """Districts, counties, and each system of regions."""

    @property
    def nbytes(self) -> int:
        """About how much memory it takes, enrolments included."""
        spans = sum(4 * each.ids.nbytes for each in (*self.openings, *self.groups.values()))
        return spans + 20 * self.ids.nbytes + _BYTES_OF_A_NAME * len(self.names)

    def open_on(self, day: int) -> np.ndarray:
        """Of each, whether it was open on a day."""
        is_open = np.zeros(len(self.ids), dtype=bool)
        for spans in self.openings:
            is_open |= spans.on(day)(self.ids) > 0
        return is_open

    @cached_property
    def enrolments(self) -> tuple[Ints, Ints, Ints]:
        """Organisation, school year and students, in order of years; read when somebody first asks for them."""
        with connection.cursor() as cursor:
            cursor.execute(_ENROLMENTS)
            orgs_and_years, students = map(integers, cursor.fetchone())
        years = orgs_and_years % 4096
        order = np.argsort(years.astype(np.int16), kind="stable")
        return orgs_and_years[order] // 4096, years[order], students[order]

    def students_in(self, year: int, wanted: Ints) -> Ints:
        """The students of each in the year, or in the latest known year before; -1 unknown."""
        ids, years, students = self.enrolments
        known = years <= year
        return Lookup(ids[known], students[known], -1)(wanted)


def _sent(column: str) -> str:
    return f"array_send(array_agg(({column})::bigint))"


def _joined(column: str) -> str:
    return f"string_agg({column}, chr(31))"


def _days(column: str) -> str:
    return f"coalesce({column} - date '{_ZERO}', {_NEVER})"


# The columns of one subquery come in one order, whatever it is: numpy sorts and joins faster.
_UNITS = f"""
select u.*, f.*, r.* from
    (select {_sent("id")}, {_sent("(kind = 'school')::int")},
            {_joined("translate(name, chr(31), ' ')")}, {_joined("sector")},
            {_joined("low_grade || '/' || high_grade")}, {_sent(_days("opened_on"))}, {_sent(_days("closed_on"))}
     from orgs_org where state_id = %(state)s and kind in ('school', 'district')) as u,
    (select {_sent("org_id")}, {_sent(_days("opened_on"))}, {_sent(_days("closed_on"))} from orgs_formeropening) as f,
    (select {_sent("id")}, {_joined("region_system")} from orgs_org where state_id = %(state)s and kind = 'region') as r
"""

_ENROLMENTS = f"select {_sent('org_id * 4096 + year')}, {_sent('students')} from orgs_enrolment"
_GROUPS = f"""
select axis, {_sent("member_id")}, {_sent("group_id")}, {_sent(_days("from_on"))}, {_sent(_days("until_on"))}
from orgs_membership group by axis
"""


def history(state: Org) -> History:
    """Read a state's schools and districts, in two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, {"state": state.pk})
        (ids, is_school, names, sectors, grades, opened, closed, *former, regions, systems) = cursor.fetchone()
        cursor.execute(_GROUPS)
        groups = {axis: Spans(*map(integers, columns)) for axis, *columns in cursor.fetchall()}
    units = integers(ids)
    order = np.argsort(units)
    return History(
        state_id=state.pk,
        ids=units[order],
        is_school=(integers(is_school) > 0)[order],
        names=_ordered(words(names), order),
        words={
            "sector": by_word(_ordered(words(sectors), order)),
            "grade_span": by_word(_spans(_ordered(words(grades), order))),
        },
        openings=(_openings(units, integers(opened), integers(closed)), _openings(*map(integers, former))),
        groups={axis: groups.get(axis, _nothing()) for axis in ("district", "county")}
        | {axis: groups.get(axis, _nothing()).within(integers(regions)) for axis in set(words(systems))},
    )


def _ordered(texts: list[str], order: Ints) -> list[str]:
    if len(texts) != len(order):
        raise ValueError("A school's sector or grades hold a letter that separates them.")
    return [texts[place] for place in order.tolist()]


def _nothing() -> Spans:
    return Spans(*(np.empty(0, dtype=np.int64) for _ in range(4)))


def _openings(ids: Ints, opened: Ints, closed: Ints) -> Spans:
    return Spans(ids, np.ones(len(ids), dtype=np.int64), opened, closed)


def _spans(grades: list[str]) -> list[str]:
    known = {both: grade_span(*both.split("/")) for both in set(grades)}
    return [known[both] for both in grades]


def by_word(texts: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """The different words in order, and the place among them of each text."""
    found = sorted(set(texts))
    places = {word: place for place, word in enumerate(found)}
    return tuple(found), np.array([places[text] for text in texts], dtype=np.int64)
