"""What an assessment found wanting goes to the register of improvements, with its risk and what is done about it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.models import Assessment
from shelterbelt.assessments.policy.assessment import may_find
from shelterbelt.assessments.queries import templates
from shelterbelt.improvements.actions import plan_action, record_finding
from shelterbelt.improvements.models import Finding


@transaction.atomic
def find(
    assessment: Assessment,
    *,
    question: str,
    what: str,
    likelihood: int,
    impact: int,
    place: str = "",
    mend: str = "",
    due_on: date | None = None,
    owner_name: str = "",
    by: Standing,
    at: datetime,
) -> Finding:
    """Write down one finding and, where it is said, what is done about it. A question makes one finding."""
    require(may_find(by, assessment))
    if question not in templates.followed_by(assessment).questions:
        raise ValidationError(_("This assessment has no such question."))
    finding = record_finding(
        org=assessment.org, source_kind=Finding.Source.ASSESSMENT, source_id=assessment.pk, source_part=question,
        what=what, place=place, likelihood=likelihood, impact=impact,
        found_on=assessment.assessed_on or assessment.planned_on, by=by, at=at,
    )  # fmt: skip
    if mend.strip():
        if due_on is None:
            raise ValidationError({"due_on": [_("Say until when.")]})
        plan_action(finding, what=mend, due_on=due_on, owner_name=owner_name, by=by, at=at)
    return finding
