"""The recovery key opens backups. It is written down once, on paper, and never stays on the machine.

One seed of 256 bits gives two things: the key pair that backups are sealed for, and a mark that only its holder can
make or check. The mark stands under the server's signing key, so that whoever restores knows that a backup was
written by the server they set up, not by somebody who found its public key.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cached_property

from nacl.public import PrivateKey

from shelterbelt.core.keeping.refusing import CannotKeep

_CHECK = 3
# Crockford's alphabet: no I, L, O or U, so that what is read from paper can't be taken for something else.
_RFC, _PAPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_PAPER, _FROM_PAPER = str.maketrans(_RFC, _PAPER), str.maketrans(_PAPER, _RFC)
_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class RecoveryKey:
    """The private half, for as long as somebody restores."""

    seed: bytes

    @classmethod
    def fresh(cls) -> "RecoveryKey":
        """A new one."""
        return cls(secrets.token_bytes(32))

    @classmethod
    def read(cls, text: str) -> "RecoveryKey":
        """From what a person typed or scanned: fourteen groups of four letters and digits."""
        letters = "".join(text.upper().replace("-", " ").split()).translate(_MISREAD)
        if len(letters) != 56 or not set(letters) <= set(_PAPER):
            raise CannotKeep("A recovery key has fourteen groups of four letters and digits; this one hasn't.")
        raw = base64.b32decode(letters.translate(_FROM_PAPER))
        key = cls(raw[:-_CHECK])
        if raw[-_CHECK:] != key._check:
            raise CannotKeep("The recovery key isn't written as it was printed: a letter or digit differs.")
        return key

    def __str__(self) -> str:
        """As it is printed."""
        letters = base64.b32encode(self.seed + self._check).decode().translate(_TO_PAPER)
        return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))

    def __repr__(self) -> str:
        """Its name; the key itself appears in no log."""
        return f"<RecoveryKey {self.name}>"

    @cached_property
    def private(self) -> PrivateKey:
        """Opens what was sealed for it."""
        return PrivateKey(_derive(self.seed, b"sealing"))

    @property
    def public(self) -> bytes:
        """What backups are sealed for."""
        return bytes(self.private.public_key)

    @property
    def name(self) -> str:
        """How to tell keys apart without showing them."""
        return name_of(self.public)

    def mark(self, signer: bytes) -> bytes:
        """The mark under a server's public signing key."""
        return _derive(_derive(self.seed, b"marking"), b"signer", signer)

    def has_marked(self, signer: bytes, mark: bytes) -> bool:
        """Whether the mark was made by this key."""
        return hmac.compare_digest(self.mark(signer), mark)

    @property
    def _check(self) -> bytes:
        return _derive(self.seed, b"check")[:_CHECK]


def name_of(public: bytes) -> str:
    """The name of the key pair with this public half."""
    return _derive(public, b"name")[:4].hex()


def _derive(secret: bytes, purpose: bytes, message: bytes = b"") -> bytes:
    return hashlib.blake2b(message, key=secret, digest_size=32, person=purpose.ljust(16, b"\0")).digest()
