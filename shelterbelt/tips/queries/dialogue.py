"""What was said about a tip after it was filed, opened for the desk."""

from collections.abc import Iterable
from dataclasses import dataclass

from shelterbelt.tips.models import Attachment, Link, Message, Tip
from shelterbelt.tips.sealing import opening, words

REPORTERS = (Message.Way.FROM_REPORTER, Message.Way.TO_REPORTER)


@dataclass(frozen=True)
class Said:
    """A message with its words."""

    message: Message
    text: str

    @property
    def is_reporters(self) -> bool:
        """Whether the reporter said it."""
        return self.message.way == Message.Way.FROM_REPORTER


@dataclass(frozen=True)
class File:
    """An attachment with its name."""

    attachment: Attachment
    name: str


@dataclass(frozen=True)
class Linked:
    """A link as it is seen from one of its ends."""

    link: Link
    other: Tip
    is_from_here: bool
    why: str

    @property
    def repeats(self) -> bool:
        """Whether this end is a duplicate of the other."""
        return self.is_from_here and self.link.kind == Link.Kind.DUPLICATE


def said_about(tip: Tip, key: bytes, ways: Iterable[str]) -> list[Said]:
    """Messages of these ways, as they came."""
    rows = Message.objects.filter(tip=tip, way__in=list(ways)).select_related("by").order_by("at", "pk")
    return [Said(row, opening.words_of(row, key)) for row in rows]


def files_of(tip: Tip, key: bytes) -> list[File]:
    """Its files, as they came."""
    rows = Attachment.objects.filter(tip=tip).order_by("added_at", "pk")
    return [File(row, words.unseal_text(key, row.name, kind="name", of=row.id)) for row in rows]


def links_of(tip: Tip) -> list[Linked]:
    """Tips that belong to this one, from either end."""
    away = Link.objects.filter(tip=tip, undone_at=None).select_related("tip", "to", "to__school", "by")
    here = Link.objects.filter(to=tip, undone_at=None).select_related("tip", "tip__school", "by")
    return [
        *(Linked(each, each.to, True, _why(each, tip)) for each in away.order_by("at")),
        *(Linked(each, each.tip, False, _why(each, each.tip)) for each in here.order_by("at")),
    ]


def _why(link: Link, first: Tip) -> str:
    return words.unseal_text(opening.key_of(first), link.why, kind="link", of=link.id) if len(link.why) else ""
