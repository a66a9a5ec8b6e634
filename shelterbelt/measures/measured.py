"""The figures of a state: every output, year and group, computed from the records of this moment.

Reads as the system, because a figure needs all units while the reader may see but a few. What a reader is shown of it
is decided in policy.py; lists of records behind a figure are read with the reader's own eyes (see why.py).
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from shelterbelt.access.scope import acting_as_system, current_scope
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.asking import Asked, Line
from shelterbelt.measures.changes import Marks, kept, kept_together, mark_of, marks_of_changes
from shelterbelt.measures.facts import (
    Counted,
    Facts,
    Universe,
    people_of,
    read_counted,
    read_facts,
    spread_to_schools,
    universe_of,
)
from shelterbelt.measures.finding import definition_of
from shelterbelt.measures.rules import Figure
from shelterbelt.measures.serving import serving_on
from shelterbelt.orgs.history import History, history
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.placement import Key, Placement, placed_on
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Output

T = TypeVar("T")
REASON = "figures of the plan's outputs"
NEAR = frozenset({"district", "county"})
"""Axes whose groups are small enough for a count to point at a person."""


@dataclass
class Measured:
    """One look at a state's figures, on one day. Made for one request; what it computes is kept between requests.

    `as_of` asks for the figures as they were on a past day by the records' own dates. `closed` is false for readers
    who must not work out from a count who holds an office that the law keeps closed (policy.counts_closed).
    """

    state: Org
    today: date
    as_of: date | None = None
    closed: bool = True
    _marks: dict[int, Marks] = field(default_factory=dict, repr=False)
    _scopes: ExitStack | None = field(default=None, init=False, repr=False)
    _read_ahead: set[SchoolYear] = field(default_factory=set, init=False, repr=False)
    """Years of which everything was read since the present `at_once` began."""

    @property
    def known_on(self) -> date:
        """The day of the knowledge: today, or the day asked for."""
        return self.as_of or self.today

    def asked(self, output: Output, year: SchoolYear, *, near: bool = False) -> Asked:
        """The question as it is put: a past year judged at its end, this year today, or either on the day asked for.

        Looked at `near`, in groups so small that a count points at a person, closed offices are never counted.
        """
        day = self.as_of if self.as_of and self.as_of in year else year.last_day_by(self.known_on)
        with_closed = output.unit != "person" or (self.closed and not near)
        return Asked(output, year, day, self.known_on, with_closed)

    def facts(self, output: Output, year: SchoolYear, *, near: bool = False) -> Facts:
        """Every unit's answer."""
        if self._scopes is not None and year not in self._read_ahead:
            self._read_ahead.add(year)
            self._read_all(year)
        asked = self.asked(output, year, near=near)
        return self._kept("facts", asked, lambda: read_facts([asked], self._universe)[0])

    def _read_all(self, year: SchoolYear) -> None:
        """Read the answers to all outputs of a year that aren't kept: one pass for each kind of record."""
        outputs = [output for output in current().outputs if output.kind != "count"]
        wanted = list(
            dict.fromkeys(self.asked(output, year, near=near) for output in outputs for near in (False, True))
        )
        kept_together(
            [self._key("facts", asked) for asked in wanted],
            lambda missing: self._read(lambda: read_facts([wanted[place] for place in missing], self._universe)),
        )

    def _universe(self, asked: Asked) -> Universe:
        placed = self.placement(asked.year)
        if asked.output.unit == "person":
            return self._people(asked, placed)
        question = ("universe", asked.output.unit, self.state.pk, asked.on)
        return kept(question, self._ground(asked.year), lambda: universe_of(asked.output.unit, placed))

    def _people(self, asked: Asked, placed: Placement) -> Universe:
        mark = mark_of(self._changes(asked.year), ("orgs", "appointments"), asked.year.starts)
        serving = kept(("serving", asked.on), mark, lambda: serving_on(asked.on))
        question = ("people", self.state.pk, asked.on, asked.with_closed)
        return kept(question, mark, lambda: people_of(serving, placed, with_closed=asked.with_closed))

    def counted(self, output: Output, year: SchoolYear) -> Counted:
        """Every organisation's number, for an output that counts."""
        asked = self.asked(output, year)
        return self._kept("counted", asked, lambda: read_counted(asked))

    def figures(self, output: Output, year: SchoolYear, axis: str) -> Mapping[Key, Figure]:
        """The figure of every group along an axis: state, district, county, a region system, sector, grade_span...

        By district and county, people whose offices the law keeps closed aren't counted.
        """
        if output.unit == "state":
            return {self.state.pk: self.figure(output, year)} if axis == "state" else {}
        near = axis in NEAR
        asked = self.asked(output, year, near=near)
        return self._kept(
            f"by {axis}",
            asked,
            lambda: self.facts(output, year, near=near).figures(self.placement(year).codes(axis)),
        )

    def figure(self, output: Output, year: SchoolYear) -> Figure:
        """The state's figure; a person who serves two places counts once."""
        return self._kept("total", self.asked(output, year), lambda: self.facts(output, year).total)

    def number(self, output: Output, year: SchoolYear) -> float | None:
        """The state's number, for an output that counts; None when nobody reported one."""
        return self.counted(output, year).of(self.state.pk)

    def in_schools(self, output: Output, year: SchoolYear) -> Facts:
        """A district output counted in schools, for outputs whose other unit that is."""
        return spread_to_schools(self.facts(output, year), self.placement(year))

    def line(self, key: str, output: Output, year: SchoolYear) -> Line | None:
        """A second line, not yet read (lines.py reads it); None while no module keeps its records."""
        return definition_of(output).line(key, self.asked(output, year))

    def placement(self, year: SchoolYear) -> Placement:
        """Where every unit lay on the day the year is judged."""
        day = self.asked(current().outputs[0], year).on
        ground = self._ground(year)
        return kept(("placement", self.state.pk, day), ground, lambda: placed_on(day, self._history(ground)))

    def _history(self, ground: Hashable) -> History:
        return kept(("history", self.state.pk), ground, lambda: self._read(lambda: history(self.state)))

    def _ground(self, year: SchoolYear) -> Hashable:
        return mark_of(self._changes(year), ("orgs",), year.starts)

    def _changes(self, year: SchoolYear) -> Marks:
        if year.starts not in self._marks:
            self._marks[year.starts] = marks_of_changes([year.starts])
        return self._marks[year.starts]

    def prepare(self, years: Iterable[SchoolYear]) -> None:
        """Read the change notes of several years in one query."""
        wanted = [year.starts for year in years if year.starts not in self._marks]
        if wanted:
            marks = marks_of_changes(wanted)
            self._marks.update(dict.fromkeys(wanted, marks))

    def _kept(self, kind: str, asked: Asked, make: Callable[[], T]) -> T:
        return kept(*self._key(kind, asked), lambda: self._read(make))

    def _key(self, kind: str, asked: Asked) -> tuple[Hashable, Hashable]:
        """A question under which an answer is kept, and the mark under which it holds."""
        topics = ("orgs", *definition_of(asked.output).topics(asked.output))
        mark = mark_of(self._changes(asked.year), topics, asked.year.starts)
        about = (asked.output.id, asked.output.version, asked.year.starts, asked.with_closed)
        # Past days stay apart from today, which moves on: yesterday's answers are dropped, not heaped up.
        days = (asked.on, asked.known_on) if self.as_of else ()
        return (kind, self.state.pk, about, days), (mark, asked.on, asked.known_on)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """For whoever looks at many outputs: what isn't kept is read for all outputs of a year together.

        Under one scope, opened at the first need. Only figures may be read inside.
        """
        with ExitStack() as scopes:
            self._scopes = scopes
            self._read_ahead.clear()
            try:
                yield
            finally:
                self._scopes = None

    def _read(self, make: Callable[[], T]) -> T:
        # The scope is opened only for what isn't kept: a page of kept figures asks the database nothing.
        if current_scope().actor == "system:measures":
            return make()
        scope = acting_as_system("measures", today=self.today, reason=REASON)
        if self._scopes is not None:
            self._scopes.enter_context(scope)
            return make()
        with scope:
            return make()
