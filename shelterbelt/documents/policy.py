"""Who may attach files. Who may open one is row security's: a file you may not see is not there."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org

OFFICES_THAT_FILE = (
    "state_office",
    "superintendent",
    "district_coordinator",
    "cybersecurity_coordinator",
    "principal",
    "school_coordinator",
    "school_resource_officer",
    "school_protection_officer",
    "staff",
)


@policy("documents.keep")
def may_keep(standing: Standing, org: Org) -> Refusal | None:
    """Whoever holds an office at the organisation, its district or the state; regions and agencies read."""
    if standing.holds_over(*OFFICES_THAT_FILE, org=org):
        return None
    return Refusal(_("Only people with an office at %(org)s or above it can attach files there.") % {"org": org})
