"""The link and the code by which somebody without a sign-in opens a referral.

Both follow from the tip's own key and from when the link ends, so that neither lies in the database: what a renewed
link replaces is dead, and what a tip is disposed of with opens nothing. The database holds a digest of the link, to
find its referral; its 256 bits need no slow hash.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from uuid import UUID

DIGITS = 8


def secret_of(key: bytes, referral: UUID, until: datetime) -> str:
    """The secret in a link's address."""
    return base64.urlsafe_b64encode(_derived(key, b"referral link", referral, until)).rstrip(b"=").decode()


def code_of(key: bytes, referral: UUID, until: datetime) -> str:
    """The digits that are told apart from the link: by text, or read out by the desk."""
    number = int.from_bytes(_derived(key, b"referral code", referral, until)[:16], "big") % 10**DIGITS
    return f"{number:0{DIGITS}d}"


def is_code(typed: str, key: bytes, referral: UUID, until: datetime) -> bool:
    """Whether these are the digits, however they are spaced."""
    digits = "".join(each for each in typed[:40] if each.isascii() and each.isdigit())
    return hmac.compare_digest(digits, code_of(key, referral, until))


def digest(secret: str) -> bytes:
    """What is kept of a link."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def _derived(key: bytes, use: bytes, referral: UUID, until: datetime) -> bytes:
    said = referral.bytes + until.isoformat(timespec="seconds").encode()
    return hashlib.blake2b(said, key=key, digest_size=32, person=use).digest()
