"""Lets tips without proof of work through before their turn, when a person sees that it is no flood."""

from datetime import datetime

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.watching import call
from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy.supervising import may_supervise
from shelterbelt.tips.queries.supervising import held_at_door


@transaction.atomic
def release_all(*, state: Org, by: Standing, at: datetime) -> int:
    """Have everything that waits at the door taken in now; how many there were."""
    require(may_supervise(by, state))
    waiting = list(held_at_door(state.pk, at).values_list("pk", flat=True))
    Tip.objects.filter(pk__in=waiting, taken_in_at=None).update(release_at=at)
    call("tips_arrived")
    return len(waiting)
