"""Who may hold tips back, dispose of them, and read who a reporter is."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import Tip


def _supervises(standing: Standing, state: Org | int) -> Refusal | None:
    if standing.holds("tip_supervisor", at=state):
        return None
    return Refusal(_("The tip desk's supervisor does this."))


@policy("tips.hold")
def may_hold(standing: Standing, tip: Tip) -> Refusal | None:
    """Keep a tip beyond its time, for a lawsuit or an investigation."""
    return _supervises(standing, tip.org_id)


@policy("tips.lift_hold")
def may_lift_hold(standing: Standing, tip: Tip) -> Refusal | None:
    """End a hold."""
    return _supervises(standing, tip.org_id)


@policy("tips.dispose")
def may_dispose(standing: Standing, state: Org) -> Refusal | None:
    """Propose a batch of tips whose time is over, or agree to one that somebody else proposed."""
    if standing.holds("tip_supervisor", "tip_analyst", at=state):
        return None
    return Refusal(_("The tip desk disposes of tips, two people together."))


@policy("tips.unmask")
def may_unmask(standing: Standing, tip: Tip) -> Refusal | None:
    """Ask to read a reporter's name and number, or agree that it is read."""
    if not tip.has_contact:
        return Refusal(_("This reporter left no name or number. There is nothing to read."))
    if standing.holds("tip_supervisor", "tip_analyst", at=tip.org_id):
        return None
    return Refusal(_("The tip desk asks for it, and its supervisor agrees."))
