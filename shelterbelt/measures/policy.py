"""Who may see a figure, and who may see the list behind it (MEASURES: open, aggregate, state)."""

from django.utils.translation import gettext_lazy as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output

WORKSPACE_OFFICES = (
    "region_coordinator",
    "superintendent",
    "district_coordinator",
    "cybersecurity_coordinator",
    "principal",
    "school_coordinator",
    "school_resource_officer",
    "school_protection_officer",
    "staff",
)


@policy("measures.see_organisation")
def may_see_organisation(standing: Standing, org: Org) -> Refusal | None:
    """An organisation's workspace: its own people, those above it, and the state office."""
    if standing.is_state_office or standing.holds_over(*WORKSPACE_OFFICES, org=org):
        return None
    return Refusal(_("This page is for the people of this organization and those above it."))


@policy("measures.see_figure")
def may_see_figure(standing: Standing, output: Output, org: Org) -> Refusal | None:
    """An output's figure at an organisation. State-class outputs stop at the region, except in the own district."""
    refusal = may_see_organisation(standing, org)
    if refusal is not None:
        return refusal
    if output.unit == "state" and org.kind != Org.Kind.STATE:
        return Refusal(_("This output is known for the state only."))
    shown_to_all_above = output.visibility != "state" or org.kind in {Org.Kind.STATE, Org.Kind.REGION}
    if not shown_to_all_above and not belongs_to_district(standing, org):
        return Refusal(_("This output is shown for the state and its regions only."))
    return None


def belongs_to_district(standing: Standing, org: Org) -> bool:
    """Whether somebody's office lies in the organisation or in its district: what never leaves a district is theirs."""
    return standing.holds_over(*WORKSPACE_OFFICES[1:], org=org)


def counts_closed(standing: Standing, org: Org) -> bool:
    """Whether figures shown for an organisation may count people in closed offices (RSMo 160.665).

    For the state and its regions they may: a count of hundreds points at nobody. Below, only for the district's own.
    """
    return org.kind in {Org.Kind.STATE, Org.Kind.REGION} or belongs_to_district(standing, org)


@policy("measures.list_units")
def may_list_units(standing: Standing, output: Output, org: Org) -> Refusal | None:
    """The list of units that meet or lack an output inside an organisation. Every reading is logged."""
    refusal = may_see_figure(standing, output, org)
    if refusal is None and output.visibility == "state" and org.kind != Org.Kind.DISTRICT:
        refusal = Refusal(_("The units behind this output are not listed outside their own district."))
    return refusal
