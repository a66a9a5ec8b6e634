"""Gives the gaps of the state's call chains their place in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    """Whom one calls."""

    name = "shelterbelt.contacts"

    def ready(self) -> None:
        """A page of the menu for those who mend chains anywhere; and delivery's hooks, in every process."""
        from shelterbelt.contacts import tasks  # noqa: F401  it hears of addresses that are dead
        from shelterbelt.contacts.policy import may_see_gaps
        from shelterbelt.ui import navigation

        def seen(request: object) -> bool:
            standing = getattr(request, "standing", None)
            return standing is not None and may_see_gaps(standing) is None

        navigation.add(navigation.Place("contacts:gaps", _("Contact gaps"), seen), before="people:people")
