"""Who may give parts of a plan to an agency, take them back, and say that an agency has them."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Plan, SeenPlan, Share
from shelterbelt.plans.policy.common import not_theirs, writes
from shelterbelt.plans.queries.sharing import ended_on, serves

RECEIVERS = ("agency_lead", "responder")
"""Offices of an agency that read what it holds."""


@policy("plans.see_shares")
def may_see_shares(standing: Standing, plan: Plan) -> Refusal | None:
    """See who holds the plan, and who opened it."""
    if standing.is_state_office or writes(standing, plan.org):
        return None
    return not_theirs(standing, plan.org)


@policy("plans.share")
def may_share(standing: Standing, plan: Plan) -> Refusal | None:
    """Give parts of the plan to an agency."""
    if not writes(standing, plan.org):
        return not_theirs(standing, plan.org)
    if not plan.versions.in_force().exists():
        return Refusal(_("No version is in force yet. Agencies get what was adopted."))
    return None


@policy("plans.share_with")
def may_share_with(standing: Standing, plan: Plan, agency: Org) -> Refusal | None:
    """Give them to this one. Whether a second person is needed is said elsewhere."""
    refused = may_share(standing, plan)
    if refused is not None:
        return refused
    if agency.kind != Org.Kind.AGENCY:
        return Refusal(_("Plans are shared with agencies: police, fire, ambulance and others who come."))
    if not agency.is_open(standing.today):
        return Refusal(_("%(agency)s no longer exists.") % {"agency": agency})
    ended = None if serves(agency, plan.org, standing.today) else ended_on(agency, plan.org, standing.today)
    if ended is None:
        return None
    said = {"agency": agency, "org": plan.org, "day": date_format(ended)}
    return Refusal(
        _("%(agency)s has not served %(org)s since %(day)s. Ask the state office to correct the directory if it does.")
        % said
    )


@policy("plans.revoke_share")
def may_revoke(standing: Standing, share: Share) -> Refusal | None:
    """Take back what an agency holds."""
    if share.revoked_at is not None:
        return Refusal(_("This was taken back already."))
    return None if writes(standing, share.plan.org) else not_theirs(standing, share.plan.org)


@policy("plans.read_shared")
def may_read_shared(standing: Standing, seen: SeenPlan) -> Refusal | None:
    """Read what one's agency holds."""
    if standing.holds(*RECEIVERS, at=seen.agency_id):
        return None
    return Refusal(_("This is for the people of the agency that it was given to."))


@policy("plans.acknowledge")
def may_acknowledge(standing: Standing, seen: SeenPlan) -> Refusal | None:
    """Say that the agency has this version."""
    return may_read_shared(standing, seen)
