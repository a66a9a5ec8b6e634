"""Keep what a district handed in to the state, and when."""

import uuid
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.drills import incident_reports, policy
from shelterbelt.drills.models import IncidentReport
from shelterbelt.orgs.models import Org


@transaction.atomic
def submit_incident_report(
    *,
    district: Org,
    from_on: date,
    until_on: date,
    submitted_on: date,
    how: str,
    by: Standing,
    at: datetime,
    report_id: uuid.UUID | None = None,
) -> IncidentReport:
    """Freeze the counts of some days as they were handed in. A form that arrives twice is one report."""
    require(policy.may_submit_incident_report(by, district))
    _check(from_on, until_on, submitted_on, how, timezone.localdate(at))
    key = report_id or uuid.uuid4()
    rows = incident_reports.as_kept(incident_reports.rows_of(district, from_on, until_on))
    try:
        with transaction.atomic():
            return IncidentReport.objects.create(
                id=key, district=district, from_on=from_on, until_on=until_on, rows=rows, submitted_on=submitted_on,
                how=how.strip(), submitted_by=by.person, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        known = IncidentReport.objects.filter(pk=key, district=district, from_on=from_on, until_on=until_on).first()
        if known is None:
            raise ValidationError(_("This form was used for another record already. Open a new form.")) from error
        return known


def _check(from_on: date, until_on: date, submitted_on: date, how: str, today: date) -> None:
    problems = {}
    if from_on > until_on:
        problems["until_on"] = [_("The last day is before the first.")]
    elif until_on > today:
        problems["until_on"] = [_("That day hasn't come yet. A report is about days that are over.")]
    if submitted_on > today:
        problems["submitted_on"] = [_("That day hasn't come yet.")]
    elif submitted_on < until_on:
        problems["submitted_on"] = [_("That is before the last day of the report. Check the days.")]
    if not how.strip():
        problems["how"] = [_("Say where it was handed in.")]
    if problems:
        raise ValidationError(problems)
