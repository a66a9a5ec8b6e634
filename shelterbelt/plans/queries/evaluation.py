"""Questions about evaluations, sessions, and what a plan lacks to be of high quality."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.rules import CLOSED_OFFICES
from shelterbelt.plans.models import Briefing, Evaluation, Plan, ReviewTask, Version
from shelterbelt.plans.queries.finding import plan_in_force
from shelterbelt.plans.rules.evaluation import Method, Result, judge, method_of, outside_methods
from shelterbelt.plans.rules.high_quality import InForce, Lack, lacks
from shelterbelt.plans.rules.outline import sections
from shelterbelt.strategy import current


def evaluations_of(plan: Plan) -> QuerySet[Evaluation]:
    """Every evaluation of a plan's versions, the latest first; what is still a draft stands above."""
    return plan.evaluations.select_related("version").order_by("state", "-evaluated_on", "-begun_at")


def answers_of(evaluation: Evaluation) -> dict[str, str]:
    """The answers given so far, by question."""
    return dict(evaluation.answers.values_list("question", "answer"))


def method_used(evaluation: Evaluation) -> Method | None:
    """The method with the words it had; none where its file was taken away."""
    for method in outside_methods():
        if method.id == evaluation.method:
            return method
    return method_of(evaluation.method, evaluation.method_version)


def result_of(evaluation: Evaluation, method: Method) -> Result:
    """What the answers so far add up to."""
    return judge(method, answers_of(evaluation))


def missing_sections(version: Version) -> list[str]:
    """Keys of the sections that a plan like this needs and the frozen version doesn't have."""
    parts = Version.objects.with_content().values_list("content", flat=True).get(pk=version.pk) or []
    written = {part["key"] for part in parts if part["html"]}
    inherits = version.plan.sections.filter(source__isnull=False).exists()
    kind = version.plan.org.kind
    return [
        each.key
        for each in sections()
        if each.is_needed and each.belongs_at(kind, has_district_plan=inherits) and each.key not in written
    ]


def last_evaluation(version: Version, on: date) -> Evaluation | None:
    """The one that counts: the last that was submitted, by its day."""
    found = version.evaluations.submitted().filter(evaluated_on__lte=on)
    return found.order_by("-evaluated_on", "-submitted_at").first()


def confirmed_on(plan: Plan, on: date) -> tuple[date, ...]:
    """The days on which a plan was confirmed for a school year."""
    tasks = plan.tasks.filter(kind=ReviewTask.Kind.ATTEST, outcome=ReviewTask.Outcome.DONE)
    days = {at.date() for at in tasks.values_list("done_at", flat=True) if at}
    if plan.attested_on:
        days.add(plan.attested_on)
    return tuple(sorted(day for day in days if day <= on))


def briefings_of(plan: Plan, year: SchoolYear) -> QuerySet[Briefing]:
    """The sessions of a school year, the latest first."""
    held = plan.briefings.filter(held_on__range=(year.starts_on, year.ends_on)).select_related("version")
    return held.order_by("-held_on", "pk")


def staff_known_at(org: Org, on: date) -> QuerySet[Person]:
    """Those who hold an office exactly there and sign in here; who protects a school isn't told (RSMo 160.665)."""
    held = Appointment.objects.current(on).filter(org=org).exclude(office__in=CLOSED_OFFICES)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "pk")


@dataclass(frozen=True)
class Quality:
    """How a plan stands to high quality on a day."""

    version: Version | None
    evaluation: Evaluation | None
    lacks: tuple[Lack, ...]
    missing: Sequence[str]
    min_score: float

    @property
    def is_high(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacks


def quality_of(plan: Plan, on: date) -> Quality:
    """What a plan lacks for D-O1, judged as the output judges it."""
    version = plan_in_force(plan.org, on=on)
    least = float(current().output("D-O1").thresholds["min_score"])
    year = SchoolYear.of(on)
    if version is None or version.adopted_on is None:
        return Quality(None, None, lacks(None, year=year, on=on, min_score=least), (), least)
    evaluation = last_evaluation(version, on)
    missing = missing_sections(version)
    known = InForce(
        adopted_on=version.adopted_on,
        attested_on=confirmed_on(plan, on),
        score=None if evaluation is None or evaluation.score is None else float(evaluation.score),
        passes=None if evaluation is None else evaluation.passes,
        missing=missing,
    )
    return Quality(version, evaluation, lacks(known, year=year, on=on, min_score=least), missing, least)
