"""Who may read plans. Which plans exist for somebody is row security's answer."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.plans.models import Plan, Version
from shelterbelt.plans.policy.common import is_on_the_team, writes
from shelterbelt.plans.rules.states import STANDS


@policy("plans.read")
def may_read(standing: Standing, plan: Plan) -> Refusal | None:
    """Read what is in force: everybody who works at the place, and the state office."""
    if standing.is_state_office or standing.is_inside(plan.org):
        return None
    return Refusal(_("An emergency plan is for those who work there, their district and the state office."))


@policy("plans.see_draft")
def may_see_draft(standing: Standing, plan: Plan) -> Refusal | None:
    """See what is being written, and what is still open."""
    if writes(standing, plan.org) or is_on_the_team(standing, plan):
        return None
    if standing.holds_over("school_resource_officer", org=plan.org):
        return None
    return Refusal(_("What is still being written is for those who write it. Read the version in force."))


@policy("plans.read_version")
def may_read_version(standing: Standing, version: Version) -> Refusal | None:
    """Read one version: what stands is for all inside, earlier ones and those in review for whoever writes."""
    if version.state in STANDS:
        return may_read(standing, version.plan)
    if standing.is_state_office:
        return None
    return may_see_draft(standing, version.plan)
