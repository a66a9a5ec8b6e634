"""Who may add pictures to a plan's texts."""

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.documents.policy import may_keep
from shelterbelt.plans.models import Plan
from shelterbelt.plans.policy import may_write
from shelterbelt.plans.policy.common import is_on_the_team
from shelterbelt.plans.policy.writing import in_review


@policy("plans.add_picture")
def may_add_picture(standing: Standing, plan: Plan) -> Refusal | None:
    """Add a picture to a text: whoever keeps the plan, and whoever works on it and may keep files there."""
    if is_on_the_team(standing, plan):
        return may_keep(standing, plan.org) or in_review(plan)
    return may_write(standing, plan)
