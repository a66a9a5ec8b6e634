"""Who may do what with findings and corrective actions. Which exist for somebody is row security's answer."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.improvements.models import CorrectiveAction, Finding
from shelterbelt.orgs.models import Org

KEEPERS = ("principal", "school_coordinator", "school_resource_officer", "district_coordinator", "superintendent")
"""Offices at a school, or at the district over it, that keep its register. improvements_kept() says the same."""
ACCEPTORS = ("principal", "district_coordinator", "superintendent")
"""Offices that may answer for leaving a risk as it is."""


def keeps_register(standing: Standing) -> bool:
    """Whether somebody keeps any register: the menu then offers it."""
    return not standing.offices.isdisjoint(KEEPERS)


def _keeps(standing: Standing, org: Org) -> Refusal | None:
    if standing.holds_over(*KEEPERS, org=org):
        return None
    if standing.is_state_office:
        return Refusal(_("The state office reads this register. The school and its district keep it."))
    return Refusal(
        _("Only the principal, safety coordinator or resource officer of %(org)s, or its district, can do this.")
        % {"org": org}
    )


@policy("improvements.see_register")
def may_see_register(standing: Standing, org: Org) -> Refusal | None:
    """Read what was found and what is done about it."""
    if org.kind not in {Org.Kind.SCHOOL, Org.Kind.DISTRICT}:
        return Refusal(_("Schools and districts have a register of improvements."))
    return None if standing.is_state_office else _keeps(standing, org)


@policy("improvements.record_finding")
def may_record_finding(standing: Standing, org: Org) -> Refusal | None:
    """Write down that something is wanting. The state office may: it evaluates plans."""
    return may_see_register(standing, org)


@policy("improvements.rate_finding")
def may_rate_finding(standing: Standing, finding: Finding) -> Refusal | None:
    """Correct or withdraw a finding, or rate its risk anew."""
    if finding.withdrawn_on is not None:
        return Refusal(_("This finding was withdrawn."))
    return _keeps(standing, finding.org)


@policy("improvements.plan_action")
def may_plan_action(standing: Standing, finding: Finding) -> Refusal | None:
    """Say what is done about a finding."""
    return may_rate_finding(standing, finding)


@policy("improvements.change_action")
def may_change_action(standing: Standing, action: CorrectiveAction) -> Refusal | None:
    """Change what is to be done, by whom, until when and from what money."""
    if action.status == CorrectiveAction.Status.VERIFIED:
        return Refusal(_("This is done and checked. If the trouble comes back, record a new finding."))
    return _keeps(standing, action.org)


@policy("improvements.move_action")
def may_move_action(standing: Standing, action: CorrectiveAction) -> Refusal | None:
    """Say where it stands: whoever keeps the register, and whoever it was assigned to."""
    if action.status == CorrectiveAction.Status.VERIFIED:
        return Refusal(_("This is done and checked. If the trouble comes back, record a new finding."))
    if action.owner_id is not None and action.owner_id == standing.person.pk:
        return None
    return _keeps(standing, action.org)


@policy("improvements.verify_action")
def may_verify_action(standing: Standing, action: CorrectiveAction) -> Refusal | None:
    """Say that one has looked and it is done: another person than the one who did it."""
    if action.status != CorrectiveAction.Status.DONE:
        return Refusal(_("This can be checked once it is done."))
    if action.owner_id is not None and action.owner_id == standing.person.pk:
        return Refusal(_("Somebody other than its owner checks whether it is done."))
    return _keeps(standing, action.org)


@policy("improvements.accept_risk")
def may_accept_risk(standing: Standing, action: CorrectiveAction) -> Refusal | None:
    """Decide to leave a risk as it is, for a time: an office that answers for the school."""
    if action.status in {CorrectiveAction.Status.DONE, CorrectiveAction.Status.VERIFIED}:
        return Refusal(_("This is done, so there is no risk left to accept."))
    if standing.holds_over(*ACCEPTORS, org=action.org):
        return None
    return Refusal(_("Only the principal or the district can accept a risk."))
