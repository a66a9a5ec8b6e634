"""Which tips may go."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import Hold, Tip
from shelterbelt.tips.rules.retention import schedules


def disposable(state: Org, schedule: str, *, up_to: date) -> QuerySet[Tip]:
    """Closed tips of a class whose time was over by a day, and which nothing holds back."""
    chosen = next(each for each in schedules() if each.code == schedule)
    held = Hold.objects.filter(tip=OuterRef("pk"), lifted_at=None)
    closed = Tip.objects.filter(org=state, state=Tip.State.CLOSED, kind__in=chosen.kinds, expires_on__lte=up_to)
    if chosen.is_life_safety is not None:
        closed = closed.filter(is_life_safety=chosen.is_life_safety)
    return closed.exclude(Exists(held)).select_related("month")
