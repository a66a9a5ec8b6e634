"""Words under a tip's own key (XChaCha20-Poly1305), bound to what they are and where they stand."""

import json
from collections.abc import Mapping
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

KEY_BYTES = Aead.KEY_SIZE


class Unreadable(Exception):
    """The words were changed, moved to another place, or their key was destroyed."""


def new_key() -> bytes:
    """A key for one tip."""
    return random(KEY_BYTES)


def seal(key: bytes, words: bytes, *, kind: str, of: UUID) -> bytes:
    """Seal words as one kind of thing (`body`, `message`, ...) of one row; they open as that alone."""
    return bytes(Aead(key).encrypt(words, _context(kind, of)))


def unseal(key: bytes, sealed: bytes | memoryview, *, kind: str, of: UUID) -> bytes:
    """Open words sealed as this kind of thing of this row. Raises Unreadable."""
    try:
        return Aead(key).decrypt(bytes(sealed), _context(kind, of))
    except (CryptoError, ValueError) as error:
        raise Unreadable("These words can't be read any more.") from error


def seal_text(key: bytes, text: str, *, kind: str, of: UUID) -> bytes:
    """The same for text; empty text stays empty, so that nothing was said is no secret to keep."""
    return seal(key, text.encode(), kind=kind, of=of) if text else b""


def unseal_text(key: bytes, sealed: bytes | memoryview, *, kind: str, of: UUID) -> str:
    """The same for text."""
    return unseal(key, sealed, kind=kind, of=of).decode() if len(sealed) else ""


def seal_answers(key: bytes, answers: Mapping[str, str], *, kind: str, of: UUID) -> bytes:
    """The same for named answers."""
    return seal(key, json.dumps(dict(answers), ensure_ascii=False).encode(), kind=kind, of=of)


def unseal_answers(key: bytes, sealed: bytes | memoryview, *, kind: str, of: UUID) -> dict[str, str]:
    """The same for named answers. What isn't just that was not written by us."""
    try:
        told = json.loads(unseal(key, sealed, kind=kind, of=of))
    except (ValueError, RecursionError) as error:
        raise Unreadable("These words are no answers.") from error
    if not isinstance(told, dict) or not all(isinstance(each, str) for each in told.values()):
        raise Unreadable("These words are no answers.")
    return told


def _context(kind: str, of: UUID) -> bytes:
    return b"tips." + kind.encode() + b":" + of.bytes
