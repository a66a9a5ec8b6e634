"""A reporter's visit after the code was typed: carried from page to page in the form, sealed by the line's key.

There is no session and no cookie; whoever closes the page has left.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from shelterbelt.tips.sealing import codes

_TIME = 8
_CONTEXT = b"tips.visit"


@dataclass(frozen=True)
class Visit:
    """Whose tip it is, and until when one may read on without the code."""

    keys: codes.Keys
    until: datetime


def seal(keys: codes.Keys, *, until: datetime) -> str:
    """What the next form of this visit carries."""
    plain = int(until.timestamp()).to_bytes(_TIME, "big") + keys.wrapping + keys.receipt
    return base64.urlsafe_b64encode(bytes(Aead(_key(codes.ring()[0])).encrypt(plain, _CONTEXT))).decode()


def read(text: str, *, at: datetime) -> Visit | None:
    """The visit that a form carried; None if it is over, or was never ours."""
    plain = _opened(text)
    if plain is None:
        return None
    until = datetime.fromtimestamp(int.from_bytes(plain[:_TIME], "big"), tz=at.tzinfo)
    if at > until:
        return None
    wrapping = plain[_TIME : _TIME + 32]
    return Visit(codes.Keys(receipt=plain[_TIME + 32 :], wrapping=wrapping), until)


def until(at: datetime, minutes: int) -> datetime:
    """When a visit that goes on now will end."""
    return at + timedelta(minutes=minutes)


def _opened(text: str) -> bytes | None:
    if len(text) > 400 or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    for pepper in codes.ring():
        try:
            return Aead(_key(pepper)).decrypt(raw, _CONTEXT)
        except (CryptoError, ValueError):
            continue
    return None


def _key(pepper: str) -> bytes:
    return hashlib.blake2b(pepper.encode(), digest_size=32, person=b"visit").digest()
