"""Who may be the second person, and who may take back what they asked for."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.approvals import rules
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.queries import deciding, is_waiting
from shelterbelt.people.models import Appointment


@policy("approvals.decide")
def may_decide(standing: Standing, approval: Approval, at: datetime) -> Refusal | None:
    """Somebody else, who holds an office that may, while it is open. Whether they may do the thing, its verb says."""
    closed = _closed(approval, at)
    if closed is not None:
        return closed
    if not rules.are_two(approval.asking, deciding(standing)):
        return Refusal(_("A second person decides: neither who asked, nor who acts for them, nor for whom they acted."))
    if standing.holds_over(*approval.offices, org=approval.org):
        return None
    offices = ", ".join(str(Appointment.Office(name).label) for name in approval.offices)
    return Refusal(_("This is decided by: %(offices)s.") % {"offices": offices})


@policy("approvals.withdraw")
def may_withdraw(standing: Standing, approval: Approval, at: datetime) -> Refusal | None:
    """Who asked, while nobody has decided."""
    if approval.asked_by_id != standing.person.pk:
        return Refusal(_("Only who asked for it can take it back."))
    return _closed(approval, at)


def _closed(approval: Approval, at: datetime) -> Refusal | None:
    if is_waiting(approval, at):
        return None
    if approval.decided_at is None:
        day = date_format(localtime(approval.expires_at))
        return Refusal(_("Nobody decided until %(day)s. Ask for it again if it is still wanted.") % {"day": day})
    said = {"day": date_format(localtime(approval.decided_at)), "decision": approval.get_decision_display()}
    return Refusal(_("This was decided on %(day)s: %(decision)s.") % said)
