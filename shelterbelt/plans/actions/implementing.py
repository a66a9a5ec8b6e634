"""How a plan is learned and practised, and which response actions it trains."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.plans.actions.cleaning import cleaned
from shelterbelt.plans.actions.listing import hold
from shelterbelt.plans.models import Plan
from shelterbelt.plans.policy import may_write
from shelterbelt.plans.rules import outline


@transaction.atomic
def set_training(*, plan: Plan, training: str, protocol: str, by: Standing) -> Plan:
    """Say how staff learn the plan, and which response actions everybody learns."""
    held = hold(plan)
    require(may_write(by, held))
    if protocol not in outline.protocols():
        raise ValidationError({"protocol": _("Choose one of the sets of response actions.")})
    held.training, held.protocol = cleaned(training), protocol
    held.save(update_fields=["training", "protocol"])
    return held
