"""A district's schools against the outputs that are asked of schools, and the district's own outputs."""

from dataclasses import dataclass

import numpy as np

from shelterbelt.access.standing import Standing
from shelterbelt.attestations.models import Level
from shelterbelt.home.looking import Look
from shelterbelt.home.next_steps import Doing, DrillsSoFar, about_output
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.policy import may_see_figure
from shelterbelt.measures.rules import Answer, Figure, Small
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Output

LACKING = frozenset({Answer.NOT_MET, Answer.NOT_REPORTED})


@dataclass(frozen=True)
class Row:
    """One school with its answer to every output, in the order of the columns."""

    org: int
    name: str
    cells: tuple[Answer, ...]


@dataclass(frozen=True)
class Column:
    """One output with the answers of all the district's schools."""

    output: Output
    figure: Figure
    lacking: tuple[int, ...]
    """Schools that don't meet it or haven't said."""


@dataclass(frozen=True)
class Matrix:
    """All schools that belonged to the district on the day, by name."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def total(self) -> Figure:
        """All answers together."""
        return sum((column.figure for column in self.columns), Figure())


@dataclass(frozen=True)
class Own:
    """One output that the district answers itself, or that counts its people."""

    output: Output
    answer: Answer | None
    level: str
    figure: Figure | None
    doing: Doing | None


def matrix_of(measured: Measured, district: Org, look: Look) -> Matrix:
    """The district's schools as of the day looked at."""
    placed = measured.placement(look.year)
    chosen = np.flatnonzero(placed.inside(district) & placed.is_school).tolist()
    chosen.sort(key=lambda place: placed.names[place].casefold())
    ids = placed.ids[chosen]
    outputs = [output for output in current().outputs if output.unit == "school" and output.kind == "percentage"]
    with measured.at_once():
        found = [measured.facts(output, look.year) for output in outputs]
    answers = [facts.answer[np.searchsorted(facts.units, ids)] for facts in found]
    totals = [facts.inside(placed.inside(district)).total for facts in found]
    columns = tuple(
        Column(output, total, tuple(ids[np.isin(given, [int(each) for each in LACKING])].tolist()))
        for output, total, given in zip(outputs, totals, answers, strict=True)
    )
    return Matrix(columns, tuple(_rows(ids.tolist(), [placed.names[place] for place in chosen], answers)))


def _rows(ids: list[int], names: list[str], answers: list[Small]) -> list[Row]:
    by_school = zip(*(given.tolist() for given in answers), strict=True) if answers else iter([()] * len(ids))
    return [
        Row(org, name, tuple(Answer(cell) for cell in cells))
        for org, name, cells in zip(ids, names, by_school, strict=True)
    ]


def own_outputs(measured: Measured, standing: Standing, district: Org, look: Look) -> list[Own]:
    """What the district answers itself, as far as the reader may see it."""
    outputs = [
        output
        for output in current().outputs
        if output.unit in {"district", "person"} and may_see_figure(standing, output, district) is None
    ]
    with measured.at_once():
        found = [(output, *_own_answer(measured, output, district, look)) for output in outputs]
    return [
        Own(output, answer, level, figure, _doing(standing, district, output, answer, look))
        for output, answer, level, figure in found
    ]


def _own_answer(
    measured: Measured, output: Output, district: Org, look: Look
) -> tuple[Answer | None, str, Figure | None]:
    facts = measured.facts(output, look.year)
    if output.unit == "person":
        return None, "", facts.inside(measured.placement(look.year).inside(district)).total
    try:
        answer, level = facts.of(district.pk)
    except KeyError:  # it wasn't open on the day
        return None, "", None
    return answer, str(Level(level).label) if level else "", None


def _doing(standing: Standing, district: Org, output: Output, answer: Answer | None, look: Look) -> Doing | None:
    """Nothing where it is reached. People are reported on where they hold their office."""
    if answer in {None, Answer.MET, Answer.NOT_APPLICABLE}:
        return None
    return about_output(standing, district, output, look.year, DrillsSoFar())
