"""Puts steps that follow from drills into the register of improvements."""

from django.apps import AppConfig


class DrillsConfig(AppConfig):
    """Drills, incidents, and what was learned."""

    name = "shelterbelt.drills"

    def ready(self) -> None:
        """In every process that draws a register."""
        from shelterbelt.drills import register  # noqa: F401  it adds its lines
