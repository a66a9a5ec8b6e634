"""Who may open the home room's own pages; those of schools and districts follow the figures' policy."""

from django.utils.translation import gettext_lazy as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org


@policy("home.see_agency")
def may_see_agency(standing: Standing, agency: Org) -> Refusal | None:
    """An agency's page: its own people, and the state office."""
    if standing.is_state_office or standing.holds("agency_lead", "responder", at=agency):
        return None
    return Refusal(_("This page is for the people of this agency."))
