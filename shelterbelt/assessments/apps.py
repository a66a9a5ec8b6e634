"""Puts site assessments and security purchases into the menu."""

from collections.abc import Callable, Collection
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Site assessments, and what is bought because of them."""

    name = "shelterbelt.assessments"

    def ready(self) -> None:
        """Each for those who keep them, or read them from above."""
        from shelterbelt.assessments.policy.assessment import READ
        from shelterbelt.assessments.policy.procurement import READERS
        from shelterbelt.ui import navigation

        def seen_by(readers: Collection[str]) -> Callable[[Any], bool]:
            def seen(request: Any) -> bool:
                standing = getattr(request, "standing", None)
                return not getattr(standing, "offices", frozenset()).isdisjoint(readers)

            return seen

        assessments = navigation.Place("assessments:mine", _("Assessments"), seen_by(READ))
        navigation.add(assessments, before="people:people")
        navigation.add(navigation.Place("buying:mine", _("Purchases"), seen_by(READERS)), before="people:people")
