"""What a recipient sees of a tip that was referred to them, read in one go: a page asks for nothing afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import Attachment, Disposition, Message, Referral
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.opening import body_of, key_of, words_of

DIALOGUE = (Message.Way.FROM_REPORTER, Message.Way.TO_REPORTER)
WITH_RECIPIENT = (Message.Way.FROM_RECIPIENT, Message.Way.TO_RECIPIENT)
FIRST = ("narrative", "who", "where", "when")


@dataclass(frozen=True)
class Said:
    """One message."""

    way: str
    text: str
    at: datetime
    name: str


@dataclass(frozen=True)
class File:
    """One file that came with a tip."""

    attachment: Attachment
    name: str


@dataclass(frozen=True)
class Reported:
    """An outcome as it was reported, its words opened."""

    disposition: Disposition
    words: str
    name: str


@dataclass(frozen=True)
class Shown:
    """All of it."""

    referral: Referral
    said: dict[str, str]
    words: str
    flags: tuple[str, ...]
    dialogue: tuple[Said, ...]
    with_desk: tuple[Said, ...]
    files: tuple[File, ...]
    outcome: Reported | None


def referrals() -> "QuerySet[Referral]":
    """Referrals with what a page names; which there are is row security's answer."""
    return Referral.objects.select_related("tip__school", "tip__org", "org", "state_org", "acknowledged_by")


def received() -> "QuerySet[Referral]":
    """What was referred to whoever acts, the most urgent and unread first."""
    mine = referrals().exclude(state__in=("withdrawn",)).exclude(org=None)
    return mine.order_by("-tip__is_life_safety", "-at", "pk")


def shown(referral: Referral) -> Shown:
    """What this recipient sees. Notes, clocks, history and what others answered aren't among it, whoever asks."""
    key = key_of(referral.tip)
    told = words_for(referral, key)
    messages = Message.objects.filter(tip=referral.tip).select_related("by").order_by("at", "pk")
    return Shown(
        referral=referral,
        said=body_of(referral.tip),
        words=told.get("words", ""),
        flags=tuple(told.get("flags", "").split()),
        dialogue=tuple(_said(each, key) for each in messages.filter(way__in=DIALOGUE)),
        with_desk=tuple(_said(each, key) for each in messages.filter(way__in=WITH_RECIPIENT, referral=referral)),
        files=tuple(_files(referral, key)),
        outcome=reported(referral, key),
    )


def words_for(referral: Referral, key: bytes) -> dict[str, str]:
    """What the desk added for this recipient: `words` and `flags`."""
    if not len(referral.words):
        return {}
    return words.unseal_answers(key, referral.words, kind="referral", of=referral.pk)


def reported(referral: Referral, key: bytes) -> Reported | None:
    """The outcome that holds: the latest."""
    last = referral.dispositions.select_related("by").order_by("-revision").first()
    return opened(last, key) if last else None


def opened(disposition: Disposition, key: bytes) -> Reported:
    """An outcome with its words."""
    said = (
        words.unseal_answers(key, disposition.words, kind="disposition", of=disposition.pk)
        if len(disposition.words)
        else {}
    )
    return Reported(disposition, said.get("words", ""), said.get("name", ""))


def _said(message: Message, key: bytes) -> Said:
    return Said(message.way, words_of(message, key), message.at, str(message.by) if message.by else "")


def _files(referral: Referral, key: bytes) -> Iterable[File]:
    is_police = referral.org is not None and referral.org.service == Org.Service.LAW_ENFORCEMENT
    may_see = Q() if is_police else Q(is_sexual=False)
    files = Attachment.objects.filter(may_see, tip=referral.tip).exclude(state="refused").order_by("added_at", "pk")
    for each in files:
        yield File(each, words.unseal_text(key, each.name, kind="name", of=each.pk))
