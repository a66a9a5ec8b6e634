"""A tip's number, as people call it, and the tips that may be meant by it."""

import base64
import binascii
import re
from uuid import UUID

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_LETTERS = 8
_MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})
"""Figures that the number's alphabet doesn't have, as what they look like."""


def meant(typed: str) -> tuple[UUID, UUID] | None:
    """The first and last id that a number, or an address with an id in it, may stand for; None if it is neither."""
    whole = _UUID.search(typed)
    if whole:
        return UUID(whole[0]), UUID(whole[0])
    letters = re.sub(r"[\s#-]", "", typed).upper().translate(_MISREAD)
    if len(letters) != _LETTERS or not letters.isascii():
        return None
    try:
        start = base64.b32decode(letters)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=start + bytes(11)), UUID(bytes=start + b"\xff" * 11)
