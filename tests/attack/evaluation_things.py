"""A school's plan in force that was evaluated, is being evaluated, and was gone through with the staff."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from shelterbelt.people.models import Person
from shelterbelt.plans.models import Briefing, BriefingAttendance, Evaluation, EvaluationAnswer, Plan, Version

if TYPE_CHECKING:
    from tests.attack.world import Things

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)


def fill(school: "Things", by: Person, word: str) -> None:
    """On the version that is there; one is made where there is none."""
    org = school.org
    plan, _ = Plan.objects.get_or_create(org=org, defaults={"begun_at": NOW, "begun_by": by})
    version = plan.versions.in_force().first() or Version.objects.create(
        plan=plan, org=org, number=1, state="in_force", begun_on=TODAY, content=[], sha256="a" * 64, frozen_at=NOW,
        frozen_by=by, adopted_on=TODAY, meeting=word, from_on=TODAY,
    )  # fmt: skip
    of_it = {"plan": plan, "org": org, "version": version}
    school.by_kind["evaluated_version"], school.by_kind["evaluated_plan"] = version, plan
    school.by_kind["evaluation"] = Evaluation.objects.create(
        **of_it, method="nine_areas", method_version=1, is_recognized=True, evaluator="self", evaluator_name=word,
        begun_at=NOW, begun_by=by,
    )  # fmt: skip
    EvaluationAnswer.objects.create(
        evaluation=school.evaluation, org=org, question="roles_contacts", answer="partly", evidence=word, gap=word
    )
    school.by_kind["briefing"] = Briefing.objects.create(
        **of_it, held_on=TODAY, topics=word, led_by=word, attended=9, staff=10, recorded_by=by, recorded_at=NOW
    )
    BriefingAttendance.objects.create(briefing=school.briefing, org=org, person=by)
