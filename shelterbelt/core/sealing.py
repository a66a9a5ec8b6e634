"""Sealed text: encrypted and protected from change, bound to what it is for (libsodium's XChaCha20-Poly1305).

A seal carries the short name of its key, so that old ones open while the ring is rotated, and a new sealing can tell
which are old.
"""

import base64
import binascii
import hashlib

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from shelterbelt.core import secrets

NAME = "SEALING_KEY"


class Unsealable(Exception):
    """The text was changed, was sealed for something else, or its key has left the ring."""


def seal(text: bytes, context: str) -> str:
    """Seal a text for one use; it opens for the same use only."""
    key = _keys()[0]
    name = _name(key)
    sealed = Aead(key).encrypt(text, context.encode())
    return f"{name}.{base64.urlsafe_b64encode(bytes(sealed)).decode().rstrip('=')}"


def unseal(sealed: str, context: str) -> bytes:
    """Open a text that was sealed for this use."""
    name, _, coded = sealed.partition(".")
    for key in _keys():
        if _name(key) == name:
            return _open(key, coded, context)
    raise Unsealable("The key it was sealed with is not in the ring.")


def reseal(sealed: str, context: str) -> str:
    """The same text under the newest key; unchanged where it is that already."""
    if sealed.partition(".")[0] == _name(_keys()[0]):
        return sealed
    return seal(unseal(sealed, context), context)


def _open(key: bytes, coded: str, context: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
        return Aead(key).decrypt(raw, context.encode())
    except (CryptoError, binascii.Error, ValueError) as error:
        raise Unsealable("It was changed, or sealed for something else.") from error


def _keys() -> list[bytes]:
    """The ring as keys of the right length, newest first."""
    return [
        hashlib.blake2b(value.encode(), digest_size=Aead.KEY_SIZE, person=b"shelterbelt seal").digest()
        for value in _ring()
    ]


@secrets.needed
def _ring() -> tuple[str, ...]:
    return secrets.ring(NAME)


def _name(key: bytes) -> str:
    """A short public name of a key, from which nothing about it follows."""
    return hashlib.blake2b(key, digest_size=4, person=b"name of the key!").hexdigest()
