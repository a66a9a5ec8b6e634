"""Plain text: letters and nothing else, and no page or script that a program would run."""

import codecs
import re

import puremagic

from shelterbelt.core.clean_copies.kinds import TEXT, Kind, Reason

_PAGE = re.compile(
    r"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|meta|form|style|xml|x?\w*:stylesheet)\b|<\?",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"\A\s*(?:#!|<\?php|<%|@echo\b|import\s+os\b|powershell\b)|javascript:", re.IGNORECASE)
_DECODERS = {name: codecs.getincrementaldecoder(name) for name in ("utf-16-le", "utf-16-be", "utf-8", "cp1252")}
_LINES = "\t\n\r\f"
_NOT_LETTERS = ("application/", "audio/", "font/", "image/", "video/")
"""Letters, mail and contacts written out are read as text; RTF, PostScript and their like are not."""
_SURE = 0.6
_LONG = 5
"""Letters that a known beginning must have, so that no sentence begins like it by chance."""


def kind_by_letters(head: bytes, *, whole: bool) -> Kind | Reason | None:
    """Text, or why it isn't taken; None if these bytes are no letters."""
    letters = decoded(head, whole=whole)
    if letters is None or any(ord(letter) < 32 and letter not in _LINES for letter in letters):
        return None
    if _SCRIPT.search(letters):
        return Reason.PROGRAM
    if _PAGE.search(letters):
        return Reason.WEB_PAGE
    return Reason.NOT_TAKEN if _begins_like_another(head) else TEXT


def decoded(content: bytes, *, whole: bool = True) -> str | None:
    """The text of UTF-8, of UTF-16 with its mark, or of the encoding that older Windows programs wrote."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _strict(content[2:], encoding, whole=whole)
    text = _strict(content.removeprefix(codecs.BOM_UTF8), "utf-8", whole=whole)
    return text if text is not None else _strict(content, "cp1252", whole=whole)


def _strict(content: bytes, encoding: str, *, whole: bool) -> str | None:
    try:
        return _DECODERS[encoding]().decode(content, final=whole)
    except UnicodeDecodeError:
        return None


def _begins_like_another(head: bytes) -> bool:
    """Whether the list of known beginnings has this one for a kind that isn't text."""
    try:
        known = puremagic.magic_string(head[:4096])
    except puremagic.PureError:
        return False
    return any(
        each.confidence >= _SURE and len(each.byte_match) >= _LONG and each.mime_type.startswith(_NOT_LETTERS)
        for each in known
    )
