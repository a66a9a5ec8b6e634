"""Report how far an organisation is with a recommendation that no output measures."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.attestations.models import Progress
from shelterbelt.attestations.policy import may_report_progress
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.documents.models import Document
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Recommendation


@transaction.atomic
def report_progress(
    *,
    org: Org,
    recommendation: Recommendation,
    status: str,
    by: Standing,
    on: date,
    evidence: str = "",
    next_action: str = "",
    due_on: date | None = None,
    document: Document | None = None,
) -> Progress:
    """Say where the work stands, what shows it, and what comes next; what was said before counts no longer."""
    require(may_report_progress(by, org, recommendation))
    _require_sense(status, evidence, document, due_on, on)
    one_at_a_time([f"progress {org.pk} {recommendation.id}"])
    former = Progress.objects.filter(org=org, recommendation=recommendation.id, replaced_on=None)
    if former.filter(made_on__gt=on).exists():
        raise PermissionDenied(_("A later report is there already. Look at it before you replace it."))
    former.update(replaced_on=on)
    return Progress.objects.create(
        org=org,
        recommendation=recommendation.id,
        status=status,
        evidence=evidence.strip(),
        next_action=next_action.strip(),
        due_on=due_on,
        document=document,
        made_by=by.person,
        made_on=on,
    )


def _require_sense(status: str, evidence: str, document: Document | None, due_on: date | None, on: date) -> None:
    if status not in Progress.Status.values:
        raise ValidationError({"status": _("Choose one of the answers listed.")})
    if status == Progress.Status.IN_PLACE and not evidence.strip() and document is None:
        raise ValidationError({"evidence": _("Say what shows that it is in place, or attach a file.")})
    if due_on is not None and due_on < on:
        raise ValidationError({"due_on": _("This day has passed. Choose today or a later day.")})
