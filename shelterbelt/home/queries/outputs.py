"""The plan's outputs as an organisation stands on them, focus area by focus area."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.home import state_words as words
from shelterbelt.home.looking import Look
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Figure
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.strategy.model import FocusArea, Output


@dataclass(frozen=True)
class Row:
    """One output: its figure, or its number if it counts, and both over the years."""

    output: Output
    figure: Figure | None
    number: float | None
    trend: tuple[tuple[str, float | None], ...]

    @property
    def units(self) -> int:
        """How many units it concerns."""
        return self.figure.concerned if self.figure else 0

    @property
    def unit(self) -> str:
        """What those are called."""
        return str((words.ONE_UNIT if self.units == 1 else words.UNITS)[self.output.unit])


@dataclass(frozen=True)
class Area:
    """A focus area with its outputs."""

    area: FocusArea
    rows: tuple[Row, ...]


def axis_of(org: Org) -> str:
    """The axis on which an organisation is a group."""
    return org.region_system if org.kind == Org.Kind.REGION else str(org.kind)


def figure_at(measured: Measured, output: Output, year: SchoolYear, org: Org) -> Figure:
    """The figure of a state, region, county or district."""
    if org.kind == Org.Kind.STATE:
        return measured.figure(output, year)
    if axis_of(org) not in measured.placement(year).axes:
        return Figure()
    return measured.figures(output, year, axis_of(org)).get(org.pk, Figure())


def areas_at(measured: Measured, look: Look, org: Org, shown: Callable[[Output], bool]) -> tuple[Area, ...]:
    """Every focus area with the outputs that are shown for an organisation."""
    plan = current()
    chosen = [(area, [output for output in plan.outputs_in(area.letter) if shown(output)]) for area in plan.areas]
    with measured.at_once():
        return tuple(
            Area(area, tuple(row_at(measured, look, org, output) for output in outputs))
            for area, outputs in chosen
            if outputs
        )


def row_at(measured: Measured, look: Look, org: Org, output: Output) -> Row:
    """One output at an organisation, over the years of the look."""
    if output.kind == "count":
        numbers = [(year.slug, measured.number(output, year)) for year in look.trend]
        return Row(output, None, numbers[-1][1], tuple(numbers))
    figures = [(year.slug, figure_at(measured, output, year, org)) for year in look.trend]
    return Row(output, figures[-1][1], None, tuple((slug, figure.value) for slug, figure in figures))


def total(areas: Iterable[Area]) -> Figure:
    """All answers to all percentages together: how much of what could be known is known."""
    figures = [row.figure for area in areas for row in area.rows if row.figure and row.output.kind == "percentage"]
    return sum(figures, Figure())
