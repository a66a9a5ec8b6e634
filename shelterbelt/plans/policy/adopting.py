"""Who may take a version from draft to force."""

from datetime import date

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import district_of
from shelterbelt.plans.models import Version
from shelterbelt.plans.policy.common import ADOPTERS, not_theirs, writes
from shelterbelt.plans.rules import states


@policy("plans.send_to_review")
def may_send_to_review(standing: Standing, version: Version) -> Refusal | None:
    """Freeze the draft so that it can be reviewed and adopted."""
    if not states.may_become(version.state, Version.State.IN_REVIEW):
        return Refusal(_("Only a draft goes to review; this version left that behind."))
    return None if writes(standing, version.plan.org) else not_theirs(standing, version.plan.org)


@policy("plans.call_off_review")
def may_call_off_review(standing: Standing, version: Version) -> Refusal | None:
    """Take a version back from review, to go on writing."""
    if version.state != Version.State.IN_REVIEW:
        return Refusal(_("Only a version in review can be taken back. What was adopted stands."))
    return None if writes(standing, version.plan.org) else not_theirs(standing, version.plan.org)


@policy("plans.adopt")
def may_adopt(standing: Standing, version: Version) -> Refusal | None:
    """Record that the board adopted a version."""
    if version.state == Version.State.DRAFT:
        return Refusal(_("Send the draft to review first: the board adopts a text that nobody changes any more."))
    if not states.may_become(version.state, Version.State.ADOPTED):
        return Refusal(_("This version was adopted already."))
    return _adopts(standing, version.plan.org, standing.today)


def _adopts(standing: Standing, org: Org, today: date) -> Refusal | None:
    if standing.holds_over(*ADOPTERS, org=org):
        return None
    if standing.holds("principal", at=org) and district_of(org, today) is None:
        return None
    if writes(standing, org):
        return Refusal(_("The district records the board's decision: its superintendent or safety coordinator."))
    return not_theirs(standing, org)
