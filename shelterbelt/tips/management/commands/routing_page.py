"""Prints docs/reference/routing.md."""

from typing import Any

from django.core.management.base import BaseCommand

from shelterbelt.tips.rules.routing import table
from shelterbelt.tips.rules.routing_page import printed


class Command(BaseCommand):
    """`python -m shelterbelt routing_page > docs/reference/routing.md`."""

    help = "Print the page of routing rules."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(printed(table()), ending="")
