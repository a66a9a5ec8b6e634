"""Puts what waits for a second person into the menu."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalsConfig(AppConfig):
    """Two people where two are needed."""

    name = "shelterbelt.approvals"

    def ready(self) -> None:
        """The menu asks these two of every request."""
        from shelterbelt.ui import navigation

        navigation.add(
            navigation.Place("approvals:waiting", _("Second person"), _may_decide, _waiting), before="orgs:imports"
        )


def _may_decide(request: Any) -> bool:
    from shelterbelt.approvals.verbs import deciding_offices

    standing = getattr(request, "standing", None)
    return bool(getattr(standing, "offices", frozenset()) & deciding_offices())


def _waiting(request: Any) -> int:
    from shelterbelt.approvals.queries import waiting_for
    from shelterbelt.core import clock

    return waiting_for(request.standing, clock.now()).count()
