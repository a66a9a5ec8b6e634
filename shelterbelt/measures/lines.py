"""Second lines of an output, read: what stands under its headline."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core.arrays import Floats
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.asking import Heads, Line, Mean, Parts, Ratio, Share, ShareOfAll, Stated, Total
from shelterbelt.measures.facts import Facts
from shelterbelt.measures.measured import REASON, Measured
from shelterbelt.measures.reading import read_amounts, read_columns, read_units
from shelterbelt.measures.rules import Answer, Figure
from shelterbelt.measures.sets import Units
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output, SecondLine

IN_SCHOOLS = SecondLine.model_validate(
    {"key": "in_schools", "label": {"en": "Of all schools", "es": "De todas las escuelas"}}
)
"""The other unit of outputs that count districts: each school with its district's answer."""


@dataclass(frozen=True)
class Read:
    """One second line with its value: percent of units, number, parts or words. Exactly one of them is given."""

    line: SecondLine
    figure: Figure | None = None
    number: float | None = None
    is_average: bool = False
    is_share: bool = False
    """The number is a percentage of a sum."""
    parts: tuple[tuple[str, float], ...] = ()
    words: str = ""


def second_lines(measured: Measured, output: Output, year: SchoolYear, within: Org | None = None) -> list[Read]:
    """Every second line of an output, for the whole state or inside one of its groups."""
    with acting_as_system("measures", today=measured.today, reason=REASON):
        reader = _Reader(measured, output, year, within)
        found = [reader.read(row) for row in output.second_lines]
        if output.alt_unit == "school":
            found.append(Read(IN_SCHOOLS, figure=reader.inside(measured.in_schools(output, year)).total))
        return found


class _Reader:
    """Reads the lines of one output inside one group."""

    def __init__(self, measured: Measured, output: Output, year: SchoolYear, within: Org | None) -> None:
        self.measured, self.output, self.year = measured, output, year
        self.here = None if within is None else measured.placement(year).inside(within)

    @cached_property
    def facts(self) -> Facts:
        """The headline's facts; an output that only counts has none and doesn't ask."""
        return self.inside(self.measured.facts(self.output, self.year))

    def inside(self, facts: Facts) -> Facts:
        """Facts narrowed to the group."""
        return facts if self.here is None else facts.inside(self.here)

    def read(self, row: SecondLine) -> Read:
        """One line with its value."""
        line = self.measured.line(row.key, self.output, self.year)
        if line is None:
            return Read(row, words=_("Known once a module keeps these records."))
        return self._read(row, line)

    def _read(self, row: SecondLine, line: Line) -> Read:
        match line:
            case Stated(text):
                return Read(row, words=text)
            case Parts() | Heads():
                return Read(row, parts=self._parts(line))
            case Share(met) | ShareOfAll(met):
                return Read(row, figure=self._figure(met, whole=isinstance(line, ShareOfAll)))
            case _:
                return self._number(row, line)

    def _number(self, row: SecondLine, line: Total | Mean | Ratio) -> Read:
        match line:
            case Total(amounts):
                numbers = self._numbers(amounts)
                return Read(row, number=float(numbers.sum()) if len(numbers) else None)
            case Mean(amounts):
                numbers = self._numbers(amounts)
                return Read(row, number=float(numbers.mean()) if len(numbers) else None, is_average=True)
            case Ratio(part, whole):
                everything = float(self._numbers(whole).sum())
                share = 100 * float(self._numbers(part).sum()) / everything if everything else None
                return Read(row, number=share, is_share=True)

    def _parts(self, line: Parts | Heads) -> tuple[tuple[str, float], ...]:
        if isinstance(line, Heads):
            return tuple((key, self._heads(people)) for key, people in line.people.items())
        return tuple((key, float(self._numbers(amounts).sum())) for key, amounts in line.amounts.items())

    def _numbers(self, amounts: QuerySet[Any, Any]) -> Floats:
        ids, numbers = read_amounts(amounts)
        return numbers if self.here is None else numbers[np.isin(ids, self.facts.units)]

    def _heads(self, pairs: QuerySet[Any, Any]) -> int:
        """How many people; one who serves two places of the group is one."""
        people, orgs = read_columns(pairs.values("person_id", "org_id"))
        placed = self.measured.placement(self.year)
        places = placed.index_of(orgs)
        chosen = places >= 0
        if self.here is not None:
            chosen &= self.here[np.maximum(places, 0)]
        return len(np.unique(people[chosen]))

    def _figure(self, met: Units, *, whole: bool) -> Figure:
        """The headline's units again, judged by the line's own set."""
        answer = self.facts.answer
        meets = np.isin(self.facts.units, read_units(met)[0])
        aside = np.zeros(len(answer), dtype=bool) if whole else (answer == Answer.NOT_APPLICABLE) & ~meets
        silent = (answer == Answer.NOT_REPORTED) & ~meets
        return Figure(
            met=int(meets.sum()),
            not_met=int((~meets & ~aside & ~silent).sum()),
            not_reported=int((silent & ~aside).sum()),
            not_applicable=int(aside.sum()),
        )
