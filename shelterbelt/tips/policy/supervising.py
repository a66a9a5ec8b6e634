"""Who supervises the desk, and who reads its numbers."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org


@policy("tips.supervise")
def may_supervise(standing: Standing, state: Org) -> Refusal | None:
    """See who has how much and which clocks were missed, and let through what waits at the door."""
    if standing.holds("tip_supervisor", at=state):
        return None
    return Refusal(_("The tip desk's supervisor does this."))


@policy("tips.read_numbers")
def may_read_numbers(standing: Standing, state: Org) -> Refusal | None:
    """Read the desk's numbers, which say nothing of anybody: the desk, the state office, regional coordinators."""
    if standing.holds("tip_supervisor", "tip_analyst", "state_office", at=state):
        return None
    if any(held.office == "region_coordinator" and held.org.state_id == state.pk for held in standing.holdings):
        return None
    return Refusal(_("The desk's numbers by type are for the desk, the state office and regional coordinators."))
