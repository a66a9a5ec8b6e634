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
    return Refusal(_("This page is for the people of this organisation and those above it."))


@policy("measures.see_figure")
def may_see_figure(standing: Standing, output: Output, org: Org) -> Refusal | None:
    """An output's figure at an organisation. State-class outputs stop at the region, except in the own district."""
    refusal = may_see_organisation(standing, org)
    if refusal is None and output.visibility == "state" and org.kind not in {Org.Kind.STATE, Org.Kind.REGION}:
        own = standing.holds_over(*WORKSPACE_OFFICES[1:], org=org)
        refusal = None if own else Refusal(_("This output is shown for the state and its regions only."))
    return refusal


@policy("measures.list_units")
def may_list_units(standing: Standing, output: Output, org: Org) -> Refusal | None:
    """The list of units that meet or lack an output inside an organisation. Every reading is logged."""
    refusal = may_see_organisation(standing, org)
    if refusal is None and output.visibility == "state" and org.kind != Org.Kind.DISTRICT:
        refusal = Refusal(_("The units behind this output are not listed outside their own district."))
    return refusal
