"""Which month's key the door uses."""

from datetime import date

from django.db.models.functions import Length

from shelterbelt.tips.models import MonthKey


def month_in_use(on: date) -> MonthKey | None:
    """The key of this day's month, or the latest before it where the clock that makes them is late."""
    usable = MonthKey.objects.filter(destroyed_at=None, month__lte=f"{on:%Y-%m}")
    return usable.order_by("-month", "-made_at", Length("name").desc(), "-name").first()
