"""What makes a form of the tip line the line's own: signed by its key, without a cookie.

It carries the id that the tip will have, so that a form sent twice is one tip; when it was made; what the sender's
proof of work is bound to; and a random secret from which the code follows. The secret is kept nowhere: a form whose
answer was lost on the way is sent again and told the same code, and nobody else can work it out.
"""

import base64
import binascii
import hashlib
import hmac
import secrets as random_numbers
import uuid
from dataclasses import dataclass
from datetime import datetime

from shelterbelt.tips.sealing import codes

_PLAIN, _MAC = 36, 16
_SEED = 16


@dataclass(frozen=True)
class FormToken:
    """A form of ours."""

    tip_id: uuid.UUID
    made_at: int
    """Seconds since 1970."""
    challenge: str
    seed: bytes
    """From which the code follows."""


def new(*, at: datetime) -> str:
    """For a form that is shown now."""
    plain = uuid.uuid4().bytes + int(at.timestamp()).to_bytes(4, "big") + random_numbers.token_bytes(_SEED)
    return _text(plain + _mac(plain, codes.ring()[0]))


def read(text: str) -> FormToken | None:
    """What a form carried; None unless we made it."""
    raw = _bytes(text)
    plain, mac = raw[:_PLAIN], raw[_PLAIN:]
    for pepper in codes.ring():
        if len(raw) == _PLAIN + _MAC and hmac.compare_digest(_mac(plain, pepper), mac):
            return FormToken(
                tip_id=uuid.UUID(bytes=plain[:16]),
                made_at=int.from_bytes(plain[16:20], "big"),
                challenge=challenge_of(text),
                seed=_keyed(pepper, b"code of a form", plain),
            )
    return None


def challenge_of(text: str) -> str:
    """What the proof of work is bound to: the signature, which differs for every form."""
    return _text(_bytes(text)[_PLAIN:])


def _mac(plain: bytes, pepper: str) -> bytes:
    return _keyed(pepper, b"form", plain)[:_MAC]


def _keyed(pepper: str, use: bytes, plain: bytes) -> bytes:
    key = hashlib.sha256(pepper.encode()).digest()
    return hashlib.blake2b(plain, key=key, digest_size=32, person=use).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    if len(text) > 100 or not text.isascii():
        return b""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
