"""Tells Django what the tip line needs before anybody files a tip."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.serving import prepared


class TipsConfig(AppConfig):
    """The tip line and its desk."""

    name = "shelterbelt.tips"

    def ready(self) -> None:
        """The door has a key to seal with from the first minute on."""
        from shelterbelt.tips.actions import noticing, referral_letters  # noqa: F401  hear how messages fare, put links into them

        _place_desk()
        prepared.connect(_keep_month_keys, dispatch_uid="tips.month_keys")
        prepared.connect(_read_clocks, dispatch_uid="tips.clocks")


def _place_desk() -> None:
    """Those at the desk have it in their menu, and its alarms over every page once they have signed in fully.

    Whoever receives referrals has those in it.
    """
    from shelterbelt.core import clock
    from shelterbelt.delivery.queries import calls_waiting
    from shelterbelt.people.sign_in import lacks_second_factor
    from shelterbelt.tips.policy import referrals
    from shelterbelt.tips.queries.people import DESK_OFFICES
    from shelterbelt.ui import navigation, strips

    def seen(request: Any) -> bool:
        person = getattr(request, "person", None)
        at_desk = person is not None and not request.standing.offices.isdisjoint(DESK_OFFICES)
        return at_desk and not lacks_second_factor(request)

    def calls(_request: Any) -> int:
        return calls_waiting(clock.now())

    def receives(request: Any) -> bool:
        person = getattr(request, "person", None)
        return person is not None and referrals.receives(request.standing)

    def counts(request: Any) -> bool:
        person = getattr(request, "person", None)
        return person is not None and not request.standing.offices.isdisjoint({"state_office", "region_coordinator"})

    navigation.add(navigation.Place("tips:queue", _("Tip desk"), seen), before="orgs:search")
    navigation.add(navigation.Place("delivery:calls", _("Calls to make"), seen, calls), before="orgs:search")
    navigation.add(navigation.Place("referrals:mine", _("Tips"), receives), before="orgs:search")
    navigation.add(navigation.Place("tips:numbers", _("Tip numbers"), counts), before="orgs:search")
    strips.add(strips.Strip("tips/desk/strip.html", seen))


def _read_clocks(**_signal: Any) -> None:
    """A wrong file of clocks is told at the start, not when the first tip comes."""
    from shelterbelt.tips.rules import plans

    plans.settings()


def _keep_month_keys(**_signal: Any) -> None:
    from django.utils import timezone

    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.core import clock
    from shelterbelt.tips.actions.months import keep_months

    now = clock.now()
    with acting_as_system("tip_desk", today=timezone.localdate(now), reason="keep keys of months"):
        keep_months(at=now)
