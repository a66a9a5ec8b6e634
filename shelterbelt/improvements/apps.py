"""Gives the register its place in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImprovementsConfig(AppConfig):
    """What was found wanting and what is done about it."""

    name = "shelterbelt.improvements"

    def ready(self) -> None:
        """A page of the menu for those who keep a register."""
        from shelterbelt.improvements.policy import keeps_register
        from shelterbelt.ui import navigation

        def seen(request: object) -> bool:
            standing = getattr(request, "standing", None)
            return standing is not None and keeps_register(standing)

        navigation.add(navigation.Place("improvements:mine", _("Improvements"), seen), before="people:people")
