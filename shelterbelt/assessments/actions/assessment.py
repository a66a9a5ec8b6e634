"""Plan, submit, accept, close: the moves of an assessment."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.models import Assessment, Participation, Team, TeamMember
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.queries import assessment as queries, templates
from shelterbelt.assessments.rules import entry, scoring
from shelterbelt.assessments.rules.template import Template
from shelterbelt.documents.actions import keep
from shelterbelt.orgs.models import Org

KEEP_YEARS = 5
Method = Assessment.Method
Status = Assessment.Status
RECOGNISED = frozenset(
    {Method.CISA_SSAT, Method.SITE_ASSESS, Method.PASS_GUIDELINES, Method.STATE_TOOL, Method.OTHER_RECOGNISED}
)


@transaction.atomic
def plan_assessment(
    *,
    school: Org,
    template: Template,
    team: Team,
    planned_on: date,
    by: Standing,
    at: datetime,
    assessment_id: uuid.UUID | None = None,
) -> Assessment:
    """Plan a walk-through by a template. A form that arrives twice plans one."""
    require(policy.may_plan(by, school))
    today = timezone.localdate(at)
    said = entry.problem_of_plan(planned_on, today, opened_on=school.opened_on, closed_on=school.closed_on)
    if said:
        raise ValidationError({"planned_on": [_(said)]})
    _require_team(team, school, today)
    answers = {
        "method": Method.TEMPLATE, "template": template.key, "template_version": template.version,
        "is_recognised": template.recognised, "team": team, "planned_on": planned_on,
    }  # fmt: skip
    return _once(school, assessment_id, answers, by)


@transaction.atomic
def record_assessment(
    *,
    school: Org,
    method: str,
    method_name: str,
    team: Team,
    took_part: Collection[TeamMember],
    assessed_on: date,
    every_facility: bool | None,
    facilities: str,
    summary: str,
    report: "UploadedFile[Any] | None",
    by: Standing,
    at: datetime,
    assessment_id: uuid.UUID | None = None,
) -> Assessment:
    """Record an assessment that was made by another method, with its report."""
    require(policy.may_plan(by, school))
    today = timezone.localdate(at)
    _require_team(team, school, today)
    _check_record(method, method_name, assessed_on, today, report)
    answers = {
        "method": method, "method_name": method_name.strip(), "is_recognised": method in RECOGNISED, "team": team,
        "planned_on": assessed_on, "facilities": facilities.strip(), "summary": summary.strip(),
    }  # fmt: skip
    assessment = _once(school, assessment_id, answers, by)
    if assessment.submitted_on is not None:
        return assessment
    if report is not None:
        assessment.report = keep(org=school, upload=report, by=by, at=at, keep_years=KEEP_YEARS, is_closed=True)
    assessment.every_facility = every_facility
    _hand_in(assessment, took_part, assessed_on, by, today)
    return assessment


@transaction.atomic
def submit_assessment(
    assessment: Assessment,
    *,
    took_part: Collection[TeamMember],
    assessed_on: date,
    every_facility: bool | None,
    facilities: str,
    summary: str,
    by: Standing,
    at: datetime,
) -> Assessment:
    """Hand in a walk-through: every question answered, and said who took part."""
    assessment = locked(assessment)
    require(policy.may_submit(by, assessment))
    template, today = templates.followed_by(assessment), timezone.localdate(at)
    levels = queries.levels_of(queries.latest_answers(assessment))
    _check_submission(template, levels, assessed_on, today)
    assessment.facilities, assessment.summary = facilities.strip(), summary.strip()
    percent = scoring.overall(template, levels).percent
    assessment.score = None if percent is None else Decimal(str(round(percent, 1)))
    assessment.every_facility = every_facility
    _hand_in(assessment, took_part, assessed_on, by, today)
    return assessment


@transaction.atomic
def accept_assessment(assessment: Assessment, *, by: Standing, at: datetime) -> None:
    """Accept it for the school or district: what it says is now what is worked with."""
    assessment = locked(assessment)
    require(policy.may_accept(by, assessment))
    assessment.status, assessment.accepted_by = Status.ACCEPTED, by.person
    assessment.accepted_on = timezone.localdate(at)
    assessment.save(update_fields=["status", "accepted_by", "accepted_on"])


@transaction.atomic
def give_back_assessment(assessment: Assessment, *, by: Standing) -> None:
    """Give it back to the team: its answers can be changed again, and it isn't counted meanwhile."""
    assessment = locked(assessment)
    require(policy.may_accept(by, assessment))
    if assessment.method != Method.TEMPLATE:
        raise ValidationError(_("The report of another method can't be given back. Record the right one."))
    assessment.status, assessment.submitted_on, assessment.submitted_by = Status.IN_FIELD, None, None
    assessment.assessed_on, assessment.score, assessment.roles = None, None, 0
    assessment.save()


@transaction.atomic
def close_assessment(assessment: Assessment, *, by: Standing, at: datetime) -> None:
    """Nothing more is done about this one; its corrective actions go on in their register."""
    assessment = locked(assessment)
    require(policy.may_close(by, assessment))
    assessment.status, assessment.closed_on = Status.CLOSED, timezone.localdate(at)
    assessment.save(update_fields=["status", "closed_on"])


@transaction.atomic
def cancel_assessment(assessment: Assessment, *, because: str, by: Standing) -> None:
    """Call it off; its answers stay."""
    assessment = locked(assessment)
    require(policy.may_cancel(by, assessment))
    if not because.strip():
        raise ValidationError({"because": [_("Say why, in a few words.")]})
    assessment.status, assessment.cancelled_because = Status.CANCELLED, because.strip()
    assessment.save(update_fields=["status", "cancelled_because"])


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it stands now, for us alone until the transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("org", "team")
    return rows.get(pk=assessment.pk)


def _once(school: Org, key: uuid.UUID | None, answers: dict[str, Any], by: Standing) -> Assessment:
    key = key or uuid.uuid4()
    try:
        with transaction.atomic():
            return Assessment.objects.create(id=key, org=school, planned_by=by.person, **answers)
    except IntegrityError as error:
        known = Assessment.objects.select_related("org", "team").filter(pk=key, org=school).first()
        if known is None or known.method != answers["method"]:
            raise ValidationError(_("This form was used already. Open a new form.")) from error
        return known


def _require_team(team: Team, school: Org, on: date) -> None:
    if not queries.teams_for(school, on).filter(pk=team.pk).exists():
        raise ValidationError({"team": [_("Choose a team of the school or of its district.")]})


def _check_record(
    method: str, method_name: str, assessed_on: date, today: date, report: "UploadedFile[Any] | None"
) -> None:
    problems = {}
    if method not in Method.values or method == Method.TEMPLATE:
        problems["method"] = [_("Choose the method by which it was made.")]
    if method == Method.OTHER_RECOGNISED and not method_name.strip():
        problems["method_name"] = [_("Write the name of the method.")]
    if said := entry.problem_of_walk(assessed_on, today):
        problems["assessed_on"] = [_(said)]
    if report is None:
        problems["report"] = [_("Add the report, so that others can see what was found.")]
    if problems:
        raise ValidationError(problems)


def _check_submission(template: Template, levels: scoring.Levels, assessed_on: date, today: date) -> None:
    if said := entry.problem_of_walk(assessed_on, today):
        raise ValidationError({"assessed_on": [_(said)]})
    waiting = scoring.unanswered(template, levels)
    if waiting:
        listed = ", ".join(f"{domain.title} ({number})" for domain, number in waiting)
        raise ValidationError(
            _("Some questions have no answer yet: %(listed)s. “Doesn't apply here” is an answer, too.")
            % {"listed": listed}
        )


def _hand_in(
    assessment: Assessment,
    took_part: Collection[TeamMember],
    assessed_on: date,
    by: Standing,
    today: date,
) -> None:
    members = [member for member in took_part if member.team_id == assessment.team_id]
    if not members:
        raise ValidationError({"took_part": [_("Tick the people who took part.")]})
    assessment.participations.all().delete()
    Participation.objects.bulk_create(
        Participation(assessment=assessment, org_id=assessment.org_id, member=member) for member in members
    )
    assessment.roles = entry.roles_of([member.role for member in members])
    assessment.status, assessment.assessed_on = Status.SUBMITTED, assessed_on
    assessment.submitted_on, assessment.submitted_by = today, by.person
    assessment.save()
