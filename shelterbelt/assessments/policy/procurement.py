"""Who may do what with security purchases. Which exist for somebody is row security's answer, not this file's."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.models import Procurement, ProductEvaluation, SharedEvaluation
from shelterbelt.assessments.rules.procurement_states import AWARDED, OPEN
from shelterbelt.orgs.models import Org

BUYERS = ("superintendent", "district_coordinator")
"""Offices of a district that keep its security purchases."""
READERS = (*BUYERS, "region_coordinator", "state_office")


def keeps_purchases(standing: Standing) -> bool:
    """Whether somebody keeps the purchases of any district: the menu then offers them."""
    return not standing.offices.isdisjoint(BUYERS)


def _keeps(standing: Standing, district: Org) -> Refusal | None:
    if standing.holds_over(*BUYERS, org=district):
        return None
    return Refusal(
        _("Only the superintendent or the district safety coordinator of %(org)s can do this.") % {"org": district}
    )


def _while_open(standing: Standing, purchase: Procurement) -> Refusal | None:
    if purchase.status not in OPEN:
        return Refusal(_("This purchase is decided. To correct it, take the decision back first."))
    return _keeps(standing, purchase.org)


@policy("buying.read")
def may_read(standing: Standing, district: Org) -> Refusal | None:
    """Read a district's purchases: they tell what is weak, so they are for those who answer for it."""
    if district.kind != Org.Kind.DISTRICT:
        return Refusal(_("Security purchases are kept for a district. Choose the district first."))
    if standing.holds_over(*READERS, org=district):
        return None
    return Refusal(_("A district's purchases are for its superintendent, its safety coordinator and those above it."))


@policy("buying.consider")
def may_consider(standing: Standing, district: Org) -> Refusal | None:
    """Write down that something may be bought."""
    if district.kind != Org.Kind.DISTRICT:
        return Refusal(_("Security purchases are kept for a district. Choose the district first."))
    return _keeps(standing, district)


@policy("buying.say_nothing_bought")
def may_say_nothing_bought(standing: Standing, district: Org) -> Refusal | None:
    """Say that the district bought nothing for security in a year."""
    return may_consider(standing, district)


@policy("buying.plan")
def may_plan(standing: Standing, purchase: Procurement) -> Refusal | None:
    """Change the need, what it is to mend, the cost and who pays."""
    return _while_open(standing, purchase)


@policy("buying.choose_method")
def may_choose_method(standing: Standing, purchase: Procurement) -> Refusal | None:
    """Choose how offers are judged; not after they were."""
    if purchase.status == Procurement.Status.EVALUATED:
        return Refusal(_("An evaluation by this method is finished. Open it again to choose another method."))
    return _while_open(standing, purchase)


@policy("buying.evaluate")
def may_evaluate(standing: Standing, purchase: Procurement) -> Refusal | None:
    """Judge offers."""
    if not purchase.method and purchase.status in OPEN:
        return Refusal(_("Choose the evaluation method first."))
    return _while_open(standing, purchase)


@policy("buying.judge_offer")
def may_judge_offer(standing: Standing, evaluation: ProductEvaluation) -> Refusal | None:
    """Score one offer, or finish its evaluation."""
    if evaluation.evaluated_on is not None:
        return Refusal(_("This evaluation is finished. Open it again to change it."))
    if evaluation.dropped_on is not None:
        return Refusal(_("This offer is no longer considered."))
    return may_evaluate(standing, evaluation.procurement)


@policy("buying.reopen_evaluation")
def may_reopen_evaluation(standing: Standing, evaluation: ProductEvaluation) -> Refusal | None:
    """Open a finished evaluation again."""
    if evaluation.evaluated_on is None:
        return Refusal(_("This evaluation isn't finished yet."))
    return _while_open(standing, evaluation.procurement)


@policy("buying.keep_clauses")
def may_keep_clauses(standing: Standing, purchase: Procurement) -> Refusal | None:
    """Choose, edit and drop clauses of the contract."""
    return _while_open(standing, purchase)


@policy("buying.decide")
def may_decide(standing: Standing, purchase: Procurement) -> Refusal | None:
    """Write down the award, or that nothing is bought."""
    if purchase.status not in OPEN:
        return Refusal(_("This purchase is decided."))
    return _keeps(standing, purchase.org)


@policy("buying.take_back")
def may_take_back(standing: Standing, purchase: Procurement) -> Refusal | None:
    """Take back a decision that was written down by mistake."""
    if purchase.status in OPEN:
        return Refusal(_("Nothing is decided yet."))
    return _keeps(standing, purchase.org)


@policy("buying.accept")
def may_accept(standing: Standing, purchase: Procurement) -> Refusal | None:
    """Write down that what was awarded was delivered, tested and accepted."""
    if purchase.status not in AWARDED:
        return Refusal(_("Only what was awarded can be accepted."))
    return _keeps(standing, purchase.org)


@policy("buying.attach")
def may_attach(standing: Standing, purchase: Procurement) -> Refusal | None:
    """Attach a file."""
    return _keeps(standing, purchase.org)


@policy("buying.share")
def may_share(standing: Standing, evaluation: ProductEvaluation) -> Refusal | None:
    """Share a finished evaluation with all districts."""
    if evaluation.evaluated_on is None:
        return Refusal(_("Finish the evaluation first. Then it can be shared."))
    return _keeps(standing, evaluation.org)


@policy("buying.withdraw_shared")
def may_withdraw_shared(standing: Standing, shared: SharedEvaluation) -> Refusal | None:
    """Stop sharing an evaluation."""
    if shared.withdrawn_on is not None:
        return Refusal(_("This evaluation is no longer shared."))
    return _keeps(standing, shared.org)
