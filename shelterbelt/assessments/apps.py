"""Puts security purchases into the menu."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Site assessments, and what is bought because of them."""

    name = "shelterbelt.assessments"

    def ready(self) -> None:
        """Whoever keeps a district's purchases, or reads them from above."""
        from shelterbelt.assessments.policy.procurement import READERS
        from shelterbelt.ui import navigation

        def seen(request: Any) -> bool:
            standing = getattr(request, "standing", None)
            return not getattr(standing, "offices", frozenset()).isdisjoint(READERS)

        navigation.add(navigation.Place("buying:mine", _("Purchases"), seen), before="people:people")
