"""Why a number is what it is for one school, district or state: the answer, the records behind it, what is missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shelterbelt.access.standing import Standing
from shelterbelt.attestations.models import Attestation, Level
from shelterbelt.attestations.policy import may_review
from shelterbelt.attestations.queries import attestation_in_force
from shelterbelt.drills.queries import drills_within
from shelterbelt.home.addresses import reverse_or_none
from shelterbelt.home.looking import Look
from shelterbelt.home.next_steps import Doing, DrillsSoFar, about_output
from shelterbelt.home.queries.checklist import so_far
from shelterbelt.home.queries.years import lines_at
from shelterbelt.home.why_words import missing_words
from shelterbelt.measures.asking import Evidence
from shelterbelt.measures.finding import definition_of
from shelterbelt.measures.lines import Read
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer, Figure
from shelterbelt.measures.why import explain
from shelterbelt.orgs.history import NONE
from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Plan
from shelterbelt.plans.policy.evaluation import may_see_evaluations
from shelterbelt.plans.policy.sharing import may_see_shares
from shelterbelt.strategy.model import Output

OF_THE_PLAN = {"plans:shares": may_see_shares, "evaluation:evaluation": may_see_evaluations}
"""Pages about a plan that not everybody opens who reads the answer."""


@dataclass(frozen=True)
class Record:
    """One record behind an answer."""

    evidence: Evidence
    level: str
    address: str | None
    review: Doing | None = None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The questions that were answered."""
        return [(label, words) for label, words in self.evidence.facts if words != "-"]


@dataclass(frozen=True)
class Reason:
    """What the page tells of one unit."""

    answer: Answer | None = None
    level: str = ""
    figure: Figure | None = None
    """How many of a school's people, where people are counted."""
    number: float | None = None
    records: tuple[Record, ...] = ()
    missing: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    """What a report will have to say, where there is none yet."""
    lines: tuple[Read, ...] = ()
    doing: Doing | None = None


def is_unit(output: Output, org: Org) -> bool:
    """Whether the output asks this kind of organisation itself."""
    return output.unit == org.kind and output.kind != "count"


def own_reason(measured: Measured, standing: Standing, output: Output, org: Org, look: Look) -> Reason | None:
    """A unit's own answer, explained; None where it wasn't there on the day."""
    try:
        found = explain(measured, output, look.year, org.pk)
    except KeyError:
        return None
    said = None if output.source == "records" else attestation_in_force(org, output, look.year, look.known_on)
    review = _review(standing, said) if said else None
    doing = None if found.answer == Answer.MET else _doing(standing, output, org, look)
    return Reason(
        answer=found.answer,
        level=str(Level(found.level).label) if found.level else "",
        records=_records(standing, org, found.evidence, review),
        missing=tuple(_missing(output, found.missing, said)) if found.answer != Answer.NOT_REPORTED else (),
        questions=_questions(output) if found.answer == Answer.NOT_REPORTED else (),
        lines=tuple(lines_at(measured, look, org, output)),
        doing=doing,
    )


def district_reason(measured: Measured, output: Output, school: Org, look: Look) -> tuple[Reason, int] | None:
    """The answer of a school's district, without its records; with the district's id, or 0 where there is none."""
    placed = measured.placement(look.year)
    place = int(placed.index_of([school.pk])[0])
    if place < 0:
        return None
    district = int(placed.district[place])
    if district == NONE:
        return Reason(Answer.NOT_APPLICABLE), NONE
    answer, level = measured.facts(output, look.year).of(district)
    return Reason(answer, str(Level(level).label) if level else ""), district


def people_reason(measured: Measured, standing: Standing, output: Output, school: Org, look: Look) -> Reason:
    """How many of those who serve a school meet it. Who they are is not told."""
    here = measured.facts(output, look.year).inside(measured.placement(look.year).inside(school)).total
    doing = _doing(standing, output, school, look) if here.met < here.units else None
    return Reason(figure=here, doing=doing, lines=tuple(lines_at(measured, look, school, output)))


def counted_reason(measured: Measured, standing: Standing, output: Output, state: Org, look: Look) -> Reason:
    """The state's number, with what was reported behind it."""
    evidence = definition_of(output).evidence(measured.asked(output, look.year), state.pk)
    return Reason(
        number=measured.number(output, look.year),
        records=_records(standing, state, evidence, None),
        lines=tuple(lines_at(measured, look, state, output)),
        doing=_doing(standing, output, state, look),
    )


def _records(standing: Standing, org: Org, evidence: Iterable[Evidence], review: Doing | None) -> tuple[Record, ...]:
    """What lies behind an answer, without links to what would refuse the reader."""
    found = tuple(evidence)
    named = {each.route[0] for each in found if each.route} & set(OF_THE_PLAN)
    plan = Plan.objects.filter(org=org).select_related("org").first() if named else None
    closed = {name for name in named if plan is None or OF_THE_PLAN[name](standing, plan) is not None}
    return tuple(_record(each, review, closed) for each in found)


def _record(evidence: Evidence, review: Doing | None, closed: Collection[str]) -> Record:
    leads = evidence.route is not None and evidence.route[0] not in closed
    address = reverse_or_none(*evidence.route) if evidence.route and leads else None
    own_review = None if evidence.route and evidence.route[0] == "drills:drill" else review
    return Record(evidence, str(Level(evidence.level).label), address, own_review)


def _review(standing: Standing, said: Attestation) -> Doing | None:
    level = Level.STATE_VERIFIED if standing.is_state_office else Level.REVIEWED
    if may_review(standing, said, level):
        return None
    address = reverse_or_none("attestations:review", said.pk)
    return Doing(_("Review this report"), address) if address else None


def _doing(standing: Standing, output: Output, org: Org, look: Look) -> Doing | None:
    drills = DrillsSoFar()
    if output.source == "records":
        drills = so_far(drills_within([org], look.year).get(org.pk, []), look)
    return about_output(standing, org, output, look.year, drills)


def _questions(output: Output) -> tuple[str, ...]:
    return tuple(str(ask.label) for ask in output.asked({}) if ask.required)


def _missing(output: Output, sentence: str, said: Attestation | None) -> list[str]:
    if not sentence:
        return []
    found = missing_words(output, said.answers) if said else []
    return found or [sentence]
