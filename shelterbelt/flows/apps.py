"""Lets every story listen, in every process."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """What happens in one room because of another."""

    name = "shelterbelt.flows"

    def ready(self) -> None:
        """They hear what happens in the rooms below."""
        from shelterbelt.flows import drill_reviews_plan  # noqa: F401  it hears of drills
