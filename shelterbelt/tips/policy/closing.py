"""Who ends a tip, and who begins it again."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy.desk import may_work
from shelterbelt.tips.rules import progress, states


@policy("tips.close")
def may_close(standing: Standing, tip: Tip) -> Refusal | None:
    """End a tip once everybody who owes an outcome has reported one."""
    refusal = _is_open(standing, tip)
    if refusal is not None:
        return refusal
    if not progress.may_close(list(tip.referrals.filter(is_primary=True).values_list("state", flat=True))):
        return Refusal(_("A tip is closed once each primary recipient has reported an outcome, or by a supervisor."))
    return None


@policy("tips.close_without")
def may_close_without(standing: Standing, tip: Tip) -> Refusal | None:
    """End a tip without those outcomes, for a reason that is kept."""
    refusal = _is_open(standing, tip)
    if refusal is None and not standing.holds("tip_supervisor", at=tip.org_id):
        return Refusal(_("Only a supervisor closes a tip before each primary recipient has reported an outcome."))
    return refusal


@policy("tips.reopen")
def may_reopen(standing: Standing, tip: Tip) -> Refusal | None:
    """Open a closed tip again."""
    if tip.state != Tip.State.CLOSED:
        return Refusal(_("This tip is open."))
    return may_work(standing, tip)


def _is_open(standing: Standing, tip: Tip) -> Refusal | None:
    if not states.may_move(states.TIP, tip.state, Tip.State.CLOSED):
        return Refusal(_("This tip is closed already."))
    return may_work(standing, tip)
