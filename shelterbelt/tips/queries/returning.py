"""What a reporter who typed their code may read: how their own tip stands and what was said. As the line's login."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shelterbelt.tips.models import Attachment, Message, Tip
from shelterbelt.tips.queries.given_code import tell_receipt
from shelterbelt.tips.sealing import codes, words

_TIP = ("id", "org_id", "received_at", "release_at", "state", "is_sexual", "key_for_code", "code_is_spoken")
_SAID = (Message.Way.FROM_REPORTER, Message.Way.TO_REPORTER)


@dataclass(frozen=True)
class Opened:
    """A reporter's own tip, with its key."""

    tip: Tip
    key: bytes
    keys: codes.Keys


@dataclass(frozen=True)
class Said:
    """One message, as its reporter reads it."""

    is_mine: bool
    words: str
    at: datetime
    files: int


def by_code(code: str) -> Opened | None:
    """The tip of a code; None if there is none. Whatever was typed, the same is done: nothing tells a near miss."""
    found = [opened for keys in codes.candidates(code) if (opened := by_keys(keys))]
    return found[0] if found else None


@transaction.atomic
def by_keys(keys: codes.Keys) -> Opened | None:
    """The tip that these keys open."""
    tell_receipt(keys.receipt)
    tip = Tip.objects.only(*_TIP).filter(receipt=keys.receipt).first()
    key = codes.unwrap(tip.key_for_code, keys) if tip else None
    return Opened(tip, key, keys) if tip and key else None


@transaction.atomic
def said_in(opened: Opened) -> list[Said]:
    """What reporter and desk said to each other, the oldest first."""
    tell_receipt(opened.keys.receipt)
    rows = Message.objects.only("id", "tip_id", "way", "words", "at").filter(tip=opened.tip, way__in=_SAID)
    files = list(Attachment.objects.filter(tip=opened.tip).values_list("message_id", flat=True))
    return [_said(row, opened.key, files.count(row.id)) for row in rows.order_by("at", "id")]


def _said(row: Message, key: bytes, files: int) -> Said:
    told = words.unseal_text(key, row.words, kind="message", of=row.id)
    return Said(row.way == Message.Way.FROM_REPORTER, told, timezone.localtime(row.at), files)
