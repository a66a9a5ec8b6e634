"""Signed heads: the trail's last link at the end of a day, small enough to keep elsewhere.

The last link holds all entries before it, so whoever has a head of yesterday knows of every change to anything older,
even by somebody who owns the database and made all seals anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import connection
from django.db.models import Max, Sum

from shelterbelt.access.audit import keeping, keys
from shelterbelt.access.models import AuditHead, AuditKey, AuditSeal

WHAT = "head of a Shelterbelt audit trail"


class NoHead(Exception):
    """What is given can't be read as a head. The message is one sentence for the person who gave it."""


@dataclass(frozen=True)
class Head:
    """The last link up to a seal, with the signature on it."""

    day: date
    seal: int
    link: bytes
    entries: int
    signed_at: datetime
    key: str
    public: bytes
    signature: bytes

    def text(self) -> bytes:
        """What is signed."""
        moment = self.signed_at.astimezone(UTC).isoformat()
        words = (WHAT, self.day.isoformat(), str(self.seal), self.link.hex(), str(self.entries), moment)
        return "\n".join(words).encode()

    def is_signed(self) -> bool:
        """Whether the key it comes with made the signature, and bears the number it says."""
        fits = self.key == keys.number_of(self.public)
        return fits and keys.is_signed(self.text(), self.signature, self.public)

    def exported(self) -> dict[str, Any]:
        """As a file holds it: everything that checking needs."""
        return {
            "what": WHAT,
            "site": settings.SITE,
            "day": self.day.isoformat(),
            "seal": self.seal,
            "link": self.link.hex(),
            "entries": self.entries,
            "signed_at": self.signed_at.astimezone(UTC).isoformat(),
            "key": self.key,
            "public_key": self.public.hex(),
            "signature": self.signature.hex(),
        }

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """From what exported() gave. Raises NoHead with a sentence."""
        try:
            if given["what"] != WHAT:
                raise NoHead("This file is no head of an audit trail.")
            return cls(
                day=date.fromisoformat(given["day"]),
                seal=int(given["seal"]),
                link=bytes.fromhex(given["link"]),
                entries=int(given["entries"]),
                signed_at=datetime.fromisoformat(given["signed_at"]),
                key=str(given["key"]),
                public=bytes.fromhex(given["public_key"]),
                signature=bytes.fromhex(given["signature"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise NoHead("This file is no head of an audit trail, or it was damaged.") from error


def read(text: str) -> list[Head]:
    """The heads that a file holds: one, or one a line. Raises NoHead with a sentence."""
    whole = _parsed(text)
    given = [whole] if whole is not None else [_parsed(line) for line in text.splitlines() if line.strip()]
    if not given:
        raise NoHead("This file is no head of an audit trail: it is empty.")
    return [Head.read(one) for one in given]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def exported_head(on: date) -> dict[str, Any] | None:
    """The latest head signed for a day up to `on`, as a file holds it; None before the first. Needs no signing key."""
    row = AuditHead.objects.filter(day__lte=on).order_by("-seal", "-pk").first()
    if row is None:
        return None
    public = AuditKey.objects.filter(key=row.key).values_list("public", flat=True).first()
    return None if public is None else kept(row, bytes(public)).exported()


def kept(row: AuditHead, public: bytes) -> Head:
    """A head as the database keeps it."""
    return Head(row.day, row.seal, bytes(row.link), row.entries, row.signed_at, row.key, public, bytes(row.signature))


def sign_days_before(today: date, *, at: datetime) -> list[Head]:
    """Sign the last link of each day that ended since the last head. Raises keeping.NotTheSameTrail."""
    done = AuditHead.objects.aggregate(last=Max("seal"))["last"] or 0
    ended = AuditSeal.objects.filter(seq__gt=done, day__lt=today).values("day")
    return [_signed(seq, at) for seq in sorted(row["last"] for row in ended.annotate(last=Max("seq")))]


def sign_now(*, at: datetime) -> Head | None:
    """Sign the last link there is; None while nothing is sealed. Raises keeping.NotTheSameTrail."""
    last = AuditSeal.objects.aggregate(last=Max("seq"))["last"]
    return None if last is None else _signed(last, at)


def _signed(seq: int, at: datetime) -> Head:
    keeping.require_same(links)
    keys.vouch()
    signer = keys.ring()[0]
    seal = AuditSeal.objects.only("day", "link").get(pk=seq)
    entries = AuditSeal.objects.filter(seq__lte=seq).aggregate(all=Sum("count"))["all"]
    moment = at.replace(microsecond=0)
    bare = Head(seal.day, seq, bytes(seal.link), entries, moment, signer.number, signer.public, b"")
    head = Head(**{**vars(bare), "signature": signer.sign(bare.text())})
    with connection.cursor() as cursor:
        cursor.execute(
            "select access_keep_audit_head(%s, %s, %s, %s, %s, %s)",
            [head.seal, head.link, head.entries, head.key, head.signature, head.signed_at],
        )
    keeping.keep(head.exported())
    return head


def links(numbers: list[int]) -> dict[int, bytes]:
    """The links of these seals, where they are there."""
    found = AuditSeal.objects.filter(pk__in=numbers).values_list("seq", "link")
    return {seq: bytes(link) for seq, link in found}
