"""Text, written anew in one encoding."""

import codecs

from shelterbelt.tips.attachments.cleaning.outcome import Refused
from shelterbelt.tips.attachments.kinds import Reason
from shelterbelt.tips.attachments.sniffing.plain import decoded


def rewritten(content: bytes) -> bytes:
    """The same letters in UTF-8, with a mark by which older programs know it."""
    letters = decoded(content)
    if letters is None:
        raise Refused(Reason.DAMAGED)
    return codecs.BOM_UTF8 + letters.encode("utf-8", "replace")
