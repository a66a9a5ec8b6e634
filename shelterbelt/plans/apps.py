"""Gives emergency plans their place in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """What a school does in an emergency."""

    name = "shelterbelt.plans"

    def ready(self) -> None:
        """A page of the menu for whoever works at a school or district."""
        from shelterbelt.access.standing import OWN_KINDS
        from shelterbelt.ui import navigation

        def seen(request: object) -> bool:
            standing = getattr(request, "standing", None)
            return standing is not None and any(holding.org.kind in OWN_KINDS for holding in standing.holdings)

        navigation.add(navigation.Place("plans:mine", _("Emergency plans"), seen), before="drills:mine")
