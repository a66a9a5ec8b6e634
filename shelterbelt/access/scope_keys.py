"""The keys that seal scopes: a ring kept as secrets, known to the database in a table the app login can't read.

A seal is HMAC-SHA256 (RFC 2104). The table holds each key's two padded halves, so that SQL needs only sha256().
"""

import hashlib
import hmac
from functools import cache

from django.db import transaction

from shelterbelt.access.models import ScopeKey
from shelterbelt.core import secrets

NAME = "SCOPE_KEY"
_BLOCK = 64
"""Bytes in a block of SHA-256."""


@secrets.needed
def ring() -> tuple[str, ...]:
    """The keys, newest first. Old ones still open while they are in the ring."""
    return secrets.ring(NAME)


@cache
def _newest() -> bytes:
    # Read once in a process: a rotation leaves the old key valid until the processes have been started again.
    return ring()[0].encode()


def seal(*words: str) -> str:
    """The seal on these words. Only the last may hold anything a person typed: the separator keeps the rest apart."""
    return hmac.new(_newest(), "\x1f".join(words).encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def store() -> None:
    """Make the database know the ring and nothing else. Only the owner of the tables can; safe to repeat."""
    rows = [ScopeKey(inside=inside, outside=outside) for inside, outside in map(_halves, ring())]
    ScopeKey.objects.all().delete()
    ScopeKey.objects.bulk_create(rows)


def _halves(key: str) -> tuple[bytes, bytes]:
    plain = key.encode()
    if len(plain) > _BLOCK:
        plain = hashlib.sha256(plain).digest()
    padded = plain.ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)
