"""Every output along an axis as rows for a table program; the numbers are the page's own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from shelterbelt.core.text import defused
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.groups import codes_of, names_of
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Figure
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.placement import Key
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Output

HEADER = (
    "output", "title", "unit", "axis", "group_code", "group", "met", "not_met", "not_reported", "not_applicable",
    "value", "high_bound", "reporting_rate", "verified_share", "number", "year", "as_of", "definition_version",
)  # fmt: skip
Cells = tuple[object, ...]


@dataclass(frozen=True)
class Line:
    """One output at one group."""

    output: Output
    code: str
    group: str
    figure: Figure | None
    number: float | None


def axes_exported(measured: Measured, look: Look) -> tuple[str, ...]:
    """The axes that can be asked for."""
    return ("state", *sorted(measured.placement(look.year).regions), "county", "district")


def is_exported(output: Output, axis: str, systems: Collection[str]) -> bool:
    """What the state alone has is told for the state; state-class outputs for the state and its regions only."""
    if output.unit == "state":
        return axis == "state"
    return output.visibility != "state" or axis == "state" or axis in systems


def exported(measured: Measured, look: Look, state: Org, axis: str) -> list[Line]:
    """A line for each output and each group that has units."""
    systems = measured.placement(look.year).regions
    outputs = [output for output in current().outputs if is_exported(output, axis, systems)]
    figures = {output.id: _figures(measured, look, output, axis) for output in outputs}
    names = names_of(axis, {key for found in figures.values() for key in found})
    codes = codes_of(axis, state)
    return [
        Line(output, _code(codes, key), names[key], figure, measured.number(output, look.year) if not figure else None)
        for output in outputs
        for key, figure in figures[output.id].items()
    ]


def _figures(measured: Measured, look: Look, output: Output, axis: str) -> Mapping[Key, Figure | None]:
    if output.kind == "count":
        return {measured.state.pk: None}
    return {key: figure for key, figure in measured.figures(output, look.year, axis).items() if figure.units}


def _code(codes: dict[int, str], key: Key) -> str:
    return codes.get(key, "") if isinstance(key, int) else ""


def cells(line: Line, look: Look, axis: str) -> Cells:
    """A line as a row under HEADER; text that a spreadsheet would run is made harmless."""
    output = line.output
    title, code, group = map(defused, (str(output.title), line.code, line.group))
    about = (output.id, title, output.unit, axis, code, group)
    return (*about, *_numbers(line.figure), line.number, look.year.slug, look.day.isoformat(), output.version)


def _numbers(figure: Figure | None) -> Cells:
    if figure is None:
        return (None,) * 8
    shares = (figure.value, figure.high, figure.reporting_rate, figure.verified_share)
    met, not_met, not_reported, not_applicable, _verified = figure
    return (met, not_met, not_reported, not_applicable, *(None if each is None else round(each, 4) for each in shares))
