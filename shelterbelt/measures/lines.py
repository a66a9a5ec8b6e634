"""Second lines of an output, read: what stands under its headline."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.asking import Line, Mean, Parts, Share, ShareOfAll, Stated, Total
from shelterbelt.measures.measured import REASON, Measured
from shelterbelt.measures.reading import read_amounts, read_units
from shelterbelt.measures.rules import Answer, Figure
from shelterbelt.strategy.model import Output, SecondLine


@dataclass(frozen=True)
class Read:
    """One second line with its value: percent of units, number, parts or words. Exactly one of them is given."""

    line: SecondLine
    figure: Figure | None = None
    number: float | None = None
    is_average: bool = False
    parts: tuple[tuple[str, float], ...] = ()
    words: str = ""


def second_lines(measured: Measured, output: Output, year: SchoolYear, units: set[int] | None = None) -> list[Read]:
    """Every second line of an output for the whole state, or for some of its units only."""
    with acting_as_system("measures", today=measured.today, reason=REASON):
        return [_read_or_wait(row, measured, output, year, units) for row in output.second_lines]


def _read_or_wait(
    row: SecondLine, measured: Measured, output: Output, year: SchoolYear, units: set[int] | None
) -> Read:
    line = measured.line(row.key, output, year)
    if line is None:
        return Read(row, words=_("Known once a module keeps these records."))
    return _read(row, line, measured, output, year, units)


def _read(
    row: SecondLine, line: Line, measured: Measured, output: Output, year: SchoolYear, units: set[int] | None
) -> Read:
    match line:
        case Stated(text):
            return Read(row, words=text)
        case Total(amounts):
            numbers = _numbers(amounts, units)
            return Read(row, number=sum(numbers) if numbers else None)
        case Mean(amounts):
            numbers = _numbers(amounts, units)
            return Read(row, number=sum(numbers) / len(numbers) if numbers else None, is_average=True)
        case Parts(amounts):
            return Read(row, parts=tuple((key, sum(_numbers(part, units))) for key, part in amounts.items()))
        case Share(met) | ShareOfAll(met):
            whole = isinstance(line, ShareOfAll)
            return Read(row, figure=_figure(read_units(met)[0].tolist(), measured, output, year, units, whole=whole))


def _numbers(amounts: object, units: set[int] | None) -> list[float]:
    return [n for unit, n in read_amounts(amounts) if units is None or unit in units]  # type: ignore[arg-type]


def _figure(
    met: list[int], measured: Measured, output: Output, year: SchoolYear, units: set[int] | None, *, whole: bool
) -> Figure:
    """The headline's units again, judged by the line's own set."""
    facts = measured.facts(output, year)
    chosen = np.ones(len(facts.units), dtype=bool) if units is None else np.isin(facts.units, list(units))
    answer = facts.answer[chosen]
    meets = np.isin(facts.units[chosen], met)
    aside = np.zeros(len(answer), dtype=bool) if whole else (answer == Answer.NOT_APPLICABLE) & ~meets
    silent = (answer == Answer.NOT_REPORTED) & ~meets
    return Figure(
        met=int(meets.sum()),
        not_met=int((~meets & ~aside & ~silent).sum()),
        not_reported=int((silent & ~aside).sum()),
        not_applicable=int(aside.sum()),
    )
