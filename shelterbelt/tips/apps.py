"""Tells Django what the tip line needs before anybody files a tip."""

from typing import Any

from django.apps import AppConfig

from shelterbelt.core.serving import prepared


class TipsConfig(AppConfig):
    """The tip line and its desk."""

    name = "shelterbelt.tips"

    def ready(self) -> None:
        """The door has a key to seal with from the first minute on."""
        prepared.connect(_keep_month_keys, dispatch_uid="tips.month_keys")


def _keep_month_keys(**_: Any) -> None:
    from django.utils import timezone

    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.core import clock
    from shelterbelt.tips.actions.months import keep_months

    now = clock.now()
    with acting_as_system("tip_desk", today=timezone.localdate(now), reason="keep keys of months"):
        keep_months(at=now)
