"""A school's year: every local recommendation with how far it is, what comes next, and until when."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shelterbelt.access.standing import Standing
from shelterbelt.attestations.models import Level, Progress
from shelterbelt.attestations.policy import OVER_SCHOOLS
from shelterbelt.attestations.queries import progress_of
from shelterbelt.drills.models import Drill
from shelterbelt.drills.queries import SchoolDue, drills_within, requirements_of
from shelterbelt.home.checklist_rules import Step, step_of
from shelterbelt.home.due_days import due_day
from shelterbelt.home.looking import Look
from shelterbelt.home.next_steps import Doing, DrillsSoFar, about_output, about_progress
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.orgs.history import NONE
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.strategy.model import FocusArea, Output, Recommendation


@dataclass(frozen=True)
class Shown:
    """An output as it stands for the school: its own answer, its district's, or its people's."""

    output: Output
    answer: Answer
    level: str
    words: str
    address: str

    @property
    def is_districts(self) -> bool:
        """The district answers for all its schools."""
        return self.output.unit == "district"


@dataclass(frozen=True)
class Line:
    """One recommendation in the school's year."""

    recommendation: Recommendation
    step: Step
    shown: tuple[Shown, ...]
    doing: Doing | None
    due_on: date
    because: str | Promise
    is_late: bool
    evidence: str = ""

    @property
    def is_open(self) -> bool:
        """There is something left to do."""
        return self.step not in {Step.DONE, Step.NOT_APPLICABLE, Step.STATEWIDE}

    @property
    def is_districts(self) -> bool:
        """Only the district can do it."""
        return bool(self.shown) and all(each.is_districts for each in self.shown)


@dataclass(frozen=True)
class Checklist:
    """All lines of a school's year, and its drills' dated rules."""

    lines: tuple[Line, ...]
    requirements: tuple[SchoolDue, ...]
    drills: DrillsSoFar
    district: str
    district_id: int

    @property
    def areas(self) -> list[tuple[FocusArea, list[Line]]]:
        """The same, focus area by focus area."""
        return [
            (area, [line for line in self.lines if line.recommendation.area == area.letter]) for area in current().areas
        ]

    @property
    def steps(self) -> Counter[Step]:
        """How many recommendations are at each step."""
        return Counter(line.step for line in self.lines)


class _Reading:
    """What is read once for a school's year."""

    def __init__(self, measured: Measured, standing: Standing, school: Org, look: Look, place: int) -> None:
        self.measured, self.standing, self.school, self.look, self.place = measured, standing, school, look, place
        self.placed = measured.placement(look.year)
        self.district_id = int(self.placed.district[place])
        self.progress = progress_of(school, look.day)
        drills = drills_within([school], look.year)
        self.drills = so_far(drills.get(school.pk, []), look)
        self.requirements = tuple(requirements_of([school], look.year, look.day, drills))
        self.district = self._district_they_lead()

    def district_name(self) -> str:
        """As the directory called it on the day."""
        index = int(self.placed.index_of([self.district_id])[0]) if self.district_id != NONE else -1
        return self.placed.names[index] if index >= 0 else ""

    def _district_they_lead(self) -> Org | None:
        """The district itself is needed only for those who may report for it."""
        if self.district_id == NONE or not self.standing.holds(*OVER_SCHOOLS, at=self.district_id):
            return None
        return next(holding.org for holding in self.standing.holdings if holding.org.pk == self.district_id)


def checklist(measured: Measured, standing: Standing, school: Org, look: Look) -> Checklist | None:
    """The school's year as of the day looked at; None where it wasn't open on that day."""
    place = int(measured.placement(look.year).index_of([school.pk])[0])
    if place < 0:
        return None
    reading = _Reading(measured, standing, school, look, place)
    with measured.at_once():
        shown = {each.id: tuple(_shown(reading, each)) for each in current().local_recommendations}
    lines = tuple(_line(reading, each, shown[each.id]) for each in current().local_recommendations)
    return Checklist(lines, reading.requirements, reading.drills, reading.district_name(), reading.district_id)


def so_far(drills: list[Drill], look: Look) -> DrillsSoFar:
    """A year's drills as the next step asks about them."""
    held = [each for each in drills if each.nature == "drill" and each.held_on and each.held_on <= look.day]
    done = [each for each in held if each.completed_on and each.completed_on <= look.known_on]
    waiting = [each for each in drills if each.status == "scheduled" and each.planned_on and each.planned_on < look.day]
    return DrillsSoFar(len(done), tuple(each for each in held if each not in done), tuple(waiting))


def _shown(reading: _Reading, recommendation: Recommendation) -> Iterator[Shown]:
    for number in recommendation.outputs:
        output = current().output(number)
        if output.unit != "state":
            answer, level, words = _answer(reading, output)
            address = f"{reverse('home:why', args=[reading.school.pk, output.id])}?{reading.look.query}"
            yield Shown(output, answer, str(Level(level).label) if level else "", words, address)


def _answer(reading: _Reading, output: Output) -> tuple[Answer, int, str]:
    facts = reading.measured.facts(output, reading.look.year)
    if output.unit == "school":
        return *facts.of(reading.school.pk), ""
    if output.unit == "district":
        if reading.district_id == NONE:
            return Answer.NOT_APPLICABLE, 0, _("The school belongs to no district")
        return *facts.of(reading.district_id), ""
    here = facts.inside(reading.placed.inside(reading.school)).total
    if not here.units:
        return Answer.NOT_APPLICABLE, 0, _("Nobody serves here as coordinator or officer")
    words = _("%(met)s of %(all)s people") % {"met": here.met, "all": here.units}
    if here.met == here.units:
        return Answer.MET, 0, words
    return (Answer.NOT_MET if here.met or here.not_met else Answer.NOT_REPORTED), 0, words


def _line(reading: _Reading, recommendation: Recommendation, shown: tuple[Shown, ...]) -> Line:
    progress = reading.progress.get(recommendation.id)
    step = step_of(
        [each.answer for each in shown],
        measured=bool(recommendation.outputs),
        progress=progress.status if progress else None,
    )
    due_on, because = _due(reading, recommendation, progress)
    line = Line(
        recommendation, step, shown, None, due_on, because,
        is_late=due_on < reading.look.day, evidence=progress.evidence if progress else "",
    )  # fmt: skip
    doing = _doing(reading, line) if line.is_open else None
    return Line(**{**line.__dict__, "doing": doing, "is_late": line.is_open and line.is_late})


def _due(reading: _Reading, recommendation: Recommendation, progress: Progress | None) -> tuple[date, str | Promise]:
    """A day of one's own first, then the dated rules that stand for the recommendation, then the usual day."""
    if progress and progress.due_on:
        return progress.due_on, _("the day you set")
    rules = [
        each.due for each in reading.requirements if each.due.requirement.source.endswith(f", {recommendation.id}")
    ]
    open_ones = [rule.due_on for rule in rules if not rule.is_done]
    usual_on, because = due_day(recommendation.id, reading.look.year)
    return min(open_ones, default=usual_on), because


def _doing(reading: _Reading, line: Line) -> Doing | None:
    if not line.recommendation.outputs:
        return about_progress(reading.standing, reading.school, line.recommendation)
    for shown in line.shown:
        if shown.answer in {Answer.MET, Answer.NOT_APPLICABLE}:
            continue
        unit = reading.district if shown.is_districts else reading.school
        if unit is not None:
            doing = about_output(reading.standing, unit, shown.output, reading.look.year, reading.drills)
            if doing:
                return doing
    return None
