"""Gives the trail its place in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    """Who did what."""

    name = "shelterbelt.trail"

    def ready(self) -> None:
        """A page of the menu for those who may look at what others did."""
        from shelterbelt.trail.policy import may_search
        from shelterbelt.ui import navigation

        def seen(request: object) -> bool:
            standing = getattr(request, "standing", None)
            return standing is not None and may_search(standing) is None

        navigation.add(navigation.Place("trail:search", _("Who did what"), seen), before="orgs:imports")
