"""The keys that sign the trail's heads: Ed25519, from a ring of secrets that is not in the database.

Whoever has the newest key vouches for the keys before it, so that their signatures stay good when they are gone.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db import connection
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from shelterbelt.access.models import AuditKey
from shelterbelt.core import secrets

NAME = "AUDIT_SIGNING_KEY"


@dataclass(frozen=True)
class Signer:
    """One key of the ring."""

    private: SigningKey

    @classmethod
    def of(cls, secret: str) -> Self:
        """The key that a value of the ring makes."""
        return cls(SigningKey(hashlib.sha256(b"shelterbelt audit head\0" + secret.encode()).digest()))

    @property
    def public(self) -> bytes:
        """What its signatures are checked with."""
        return bytes(self.private.verify_key)

    @property
    def number(self) -> str:
        """The short name of the key."""
        return number_of(self.public)

    def sign(self, text: bytes) -> bytes:
        """The signature alone."""
        return bytes(self.private.sign(text).signature)


def ring() -> tuple[Signer, ...]:
    """The keys, newest first."""
    values = secrets.ring(NAME)
    return tuple(Signer.of(one) for one in values)


def number_of(public: bytes) -> str:
    """A key's short name: the first 64 bits of its digest."""
    return hashlib.sha256(public).hexdigest()[:16]


def is_signed(text: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the key made this signature."""
    try:
        VerifyKey(public).verify(text, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def vouch() -> int:
    """Have the newest key vouch for itself and for every other key that is trusted; for how many it did so now."""
    newest = ring()[0]
    vouched = set(AuditKey.objects.filter(vouched_by=newest.number).values_list("key", flat=True))
    missing = {number: public for number, public in trusted().items() if number not in vouched}
    for number, public in missing.items():
        _keep(number, public, newest)
    return len(missing)


def trusted() -> dict[str, bytes]:
    """Public keys by number: those of the ring, and those that a trusted key vouches for."""
    known = {signer.number: signer.public for signer in ring()}
    rows = [
        (row.key, bytes(row.public), row.vouched_by, bytes(row.signature))
        for row in AuditKey.objects.order_by("pk")
        if row.key == number_of(bytes(row.public))
    ]
    while found := dict(_vouched(rows, known)):
        known |= found
    return known


def _vouched(rows: Iterable[tuple[str, bytes, str, bytes]], known: dict[str, bytes]) -> Iterable[tuple[str, bytes]]:
    for number, public, voucher, signature in rows:
        if number not in known and voucher in known and is_signed(_word(public), signature, known[voucher]):
            yield number, public


def _keep(number: str, public: bytes, voucher: Signer) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select access_keep_audit_key(%s, %s, %s, %s)",
            [number, public, voucher.number, voucher.sign(_word(public))],
        )


def _word(public: bytes) -> bytes:
    return b"This key signed heads of the Shelterbelt audit trail: " + public.hex().encode()
