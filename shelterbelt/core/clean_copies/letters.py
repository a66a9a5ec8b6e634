"""Text, written anew in one encoding."""

import codecs

from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import Refused
from shelterbelt.core.clean_copies.sniffing.plain import decoded


def rewritten(content: bytes) -> bytes:
    """The same letters in UTF-8, with a mark by which older programs know it."""
    letters = decoded(content)
    if letters is None:
        raise Refused(Reason.DAMAGED)
    return codecs.BOM_UTF8 + letters.encode("utf-8", "replace")
