"""An output over the years, and its second lines."""

from dataclasses import dataclass, replace

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.outputs import figure_at
from shelterbelt.home.state_words import part_name
from shelterbelt.measures.lines import Read, second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Figure
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output


@dataclass(frozen=True)
class Year:
    """One school year of a trend; `share` is a number as a part of the largest, for its bar."""

    year: SchoolYear
    figure: Figure | None
    number: float | None
    share: float | None


def years_at(measured: Measured, look: Look, org: Org, output: Output) -> list[Year]:
    """The years of the look, the latest first."""
    years = list(reversed(look.trend))
    if output.kind != "count":
        return [Year(year, figure_at(measured, output, year, org), None, None) for year in years]
    numbers = {year: measured.number(output, year) for year in years}
    most = max((number for number in numbers.values() if number), default=0)
    return [Year(year, None, number, _share(number, most)) for year, number in numbers.items()]


def _share(number: float | None, most: float) -> float | None:
    return None if number is None or not most else 100 * number / most


def lines_at(measured: Measured, look: Look, org: Org, output: Output) -> list[Read]:
    """The second lines for an organisation's units. Where only the state has numbers, for the state alone."""
    if org.kind == Org.Kind.STATE:
        return [_named(read) for read in second_lines(measured, output, look.year)]
    if output.unit == "state":
        return []
    return [_named(read) for read in second_lines(measured, output, look.year, org)]


def _named(read: Read) -> Read:
    """With its parts in words."""
    return replace(read, parts=tuple((part_name(key), many) for key, many in read.parts))
