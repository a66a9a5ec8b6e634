"""How far the state is with what the plan recommends to it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.functional import Promise

from shelterbelt.attestations.models import Progress
from shelterbelt.home import state_words as words
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.outputs import Row, row_at
from shelterbelt.home.state_rules import Sign, Step, sign_of_figure, sign_of_number, step_of
from shelterbelt.measures.measured import Measured
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.strategy.model import FocusArea, Recommendation


@dataclass(frozen=True)
class Tracked:
    """One recommendation: its step, and the outputs or the state's own report that say so."""

    recommendation: Recommendation
    step: Step
    rows: tuple[Row, ...]
    progress: Progress | None

    @property
    def shown(self) -> "StepCount":
        """The step's words, icon and tone."""
        return StepCount(1, *words.STEPS[self.step])


class StepCount(NamedTuple):
    """How many are at a step, and how it is shown."""

    many: int
    words: str | Promise
    icon: str
    tone: str


def tracked(measured: Measured, look: Look, state: Org) -> list[Tracked]:
    """Every recommendation to the state, as of the day looked at."""
    reported = _reported(state, look.day)
    with measured.at_once():
        return [
            _tracked(each, tuple(_row(measured, look, state, each)), reported.get(each.id))
            for each in current().state_recommendations
        ]


def by_area(found: Iterable[Tracked]) -> list[tuple[FocusArea, list[Tracked]]]:
    """The same, focus area by focus area."""
    found = list(found)
    return [(area, [each for each in found if each.recommendation.area == area.letter]) for area in current().areas]


def steps_of(found: Iterable[Tracked]) -> list[StepCount]:
    """How many recommendations are at each step."""
    counted = Counter(each.step for each in found)
    return [StepCount(counted[step], *words.STEPS[step]) for step in Step]


def _reported(state: Org, on: date) -> dict[str, Progress]:
    # Without who said it and by which document: the page doesn't tell, and row security makes those joins dear.
    in_force = Progress.objects.filter(Q(replaced_on=None) | Q(replaced_on__gt=on), org=state, made_on__lte=on)
    return {progress.recommendation: progress for progress in in_force}


def _row(measured: Measured, look: Look, state: Org, recommendation: Recommendation) -> list[Row]:
    return [row_at(measured, look, state, current().output(output)) for output in recommendation.outputs]


def _tracked(recommendation: Recommendation, rows: tuple[Row, ...], progress: Progress | None) -> Tracked:
    if rows:
        return Tracked(recommendation, step_of(map(_sign, rows)), rows, None)
    step = Step(progress.status) if progress else Step.NOT_REPORTED
    return Tracked(recommendation, step, (), progress)


def _sign(row: Row) -> Sign:
    return sign_of_figure(row.figure) if row.figure else sign_of_number(row.number)
