"""`python -m shelterbelt try_channel email you@school.example`: send one message now, and hear the provider."""

import uuid
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shelterbelt.delivery.channels import BY_PEOPLE, open_line
from shelterbelt.delivery.models import CHANNELS
from shelterbelt.delivery.rules.letters import Letter
from shelterbelt.delivery.rules.results import Result


class Command(BaseCommand):
    """For whoever sets a channel up. Nothing is kept of it."""

    help = "Send one message to see whether a channel is set up."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which channel, and to whom."""
        parser.add_argument("channel", choices=[each for each in CHANNELS if each not in BY_PEOPLE])
        parser.add_argument("address")

    def handle(self, *_words: Any, **options: Any) -> None:
        """Send, and say how it went."""
        line = open_line(options["channel"])
        try:
            result = line.send(_letter(options["address"]), lambda: True)
        finally:
            line.close()
        if result.kind != "sent":
            raise CommandError(_sentence(result))
        print(_sentence(result))


def _letter(address: str) -> Letter:
    said = "This is a test of Shelterbelt's messages. Nothing is to be done."
    return Letter(
        attempt=uuid.uuid4().hex, address=address, name="", language="en", subject="Test from Shelterbelt", text=said,
        short=said, link=settings.SITE, urgency="routine",
    )  # fmt: skip


def _sentence(result: Result) -> str:
    told = " ".join(part for part in (result.reason, result.reply) if part)
    return f"{result.kind}. {told}".strip()
