"""Where a channel isn't set up: what would be sent lies in files, as mail does with Django's file backend.

On a machine for trying things out only. On a site that serves others nobody reads files, so nothing counts as sent.
"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shelterbelt.delivery.channels import Begin
from shelterbelt.delivery.rules.letters import Letter
from shelterbelt.delivery.rules.results import GONE, Result


class FileLine:
    """Writes each message into a file of its own."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(settings.HOME) / folder

    def send(self, letter: Letter, begin: Begin) -> Result:
        """Write it, whole or not at all."""
        if settings.HTTPS:
            return Result("refused", _("This channel isn't set up on this site."))
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not begin():
            return GONE
        with tempfile.NamedTemporaryFile("w", dir=self.folder, delete=False, encoding="utf-8") as file:
            file.write(f"To: {letter.address}\n\n{letter.short}\n{letter.link}\n")
        Path(file.name).replace(self.folder / f"{letter.attempt}.txt")
        return Result("sent", _("Written into a file: this channel isn't set up."))

    def close(self) -> None:
        """Nothing is held."""
