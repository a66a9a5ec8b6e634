"""Who may evaluate a plan, and who may record a session on it."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.plans.models import Evaluation, Plan, Version
from shelterbelt.plans.policy.common import not_theirs, writes
from shelterbelt.plans.rules.states import FROZEN


@policy("plans.see_evaluations")
def may_see_evaluations(standing: Standing, plan: Plan) -> Refusal | None:
    """See what evaluations said, and what the plan lacks: those who keep it, and the state office."""
    if standing.is_state_office or writes(standing, plan.org):
        return None
    if standing.holds_over("school_resource_officer", org=plan.org):
        return None
    return Refusal(_("What an evaluation found is for those who keep the plan, and for the state office."))


@policy("plans.evaluate")
def may_evaluate(standing: Standing, version: Version) -> Refusal | None:
    """Begin an evaluation of a version, or record one that was made elsewhere."""
    if version.state not in FROZEN:
        return Refusal(_("This version is still being written. Send it to review first; then it can be evaluated."))
    if standing.is_state_office or writes(standing, version.plan.org):
        return None
    return not_theirs(standing, version.plan.org)


@policy("plans.answer_evaluation")
def may_answer(standing: Standing, evaluation: Evaluation) -> Refusal | None:
    """Answer its questions, and submit it. The state office's is answered by the state office alone."""
    if evaluation.is_submitted:
        return Refusal(_("This evaluation was submitted, so its answers stay. Begin a new one if things changed."))
    if evaluation.evaluator == Evaluation.Evaluator.STATE:
        return None if standing.is_state_office else Refusal(_("The state office answers this evaluation."))
    if writes(standing, evaluation.plan.org):
        return None
    return Refusal(_("Those who keep the plan answer this evaluation."))


@policy("plans.brief")
def may_brief(standing: Standing, plan: Plan) -> Refusal | None:
    """Record a session on the plan."""
    return None if writes(standing, plan.org) else not_theirs(standing, plan.org)
