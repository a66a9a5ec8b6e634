"""Prints docs/reference/clocks.md."""

from typing import Any

from django.core.management.base import BaseCommand

from shelterbelt.tips.rules.clocks_page import page
from shelterbelt.tips.rules.plans import settings


class Command(BaseCommand):
    """`python -m shelterbelt clocks_page > docs/reference/clocks.md`."""

    help = "Print the page of clocks."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(page(settings()), ending="")
