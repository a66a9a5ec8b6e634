"""What must be right before people can choose passwords."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

_LINE = re.compile(rb"[0-9A-Fa-f]{40}:\d+")


@register()
def breached_passwords(**_: Any) -> list[CheckMessage]:
    """A file of breached passwords that is named is there, and is the one that is ordered by hash."""
    if not settings.BREACHED_PASSWORDS:
        return []
    path = Path(settings.BREACHED_PASSWORDS)
    try:
        with path.open("rb") as lines:
            first = lines.readline()
    except OSError as error:
        return [
            Error(
                f"SHELTERBELT_BREACHED_PASSWORDS names a file that can't be read: {error.strerror}.", id="people.E001"
            )
        ]
    if _LINE.match(first):
        return []
    hint = "Download the SHA-1 file, ordered by hash, and unpack it: its lines read HASH:count."
    return [Error("SHELTERBELT_BREACHED_PASSWORDS names a file of another kind.", hint=hint, id="people.E002")]
