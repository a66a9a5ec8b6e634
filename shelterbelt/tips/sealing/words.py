"""Words under a tip's own key (XChaCha20-Poly1305), bound to what they are and where they stand."""

import json
from collections.abc import Mapping
from uuid import UUID

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as open_aead
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

KEY_BYTES, _NONCE = Aead.KEY_SIZE, Aead.NONCE_SIZE
_decoded = json.JSONDecoder().decode


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
    given = bytes(sealed)
    try:
        # What Aead(key).decrypt() does, without its wrapping: a search opens tens of thousands.
        return bytes(open_aead(given[_NONCE:], _context(kind, of), given[:_NONCE], key))
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
        told = _decoded(unseal(key, sealed, kind=kind, of=of).decode())
    except (ValueError, RecursionError) as error:
        raise Unreadable("These words are no answers.") from error
    if not isinstance(told, dict) or not all(isinstance(each, str) for each in told.values()):
        raise Unreadable("These words are no answers.")
    return told


def _context(kind: str, of: UUID) -> bytes:
    return b"tips." + kind.encode() + b":" + of.bytes
