"""A clean picture of each page that somebody sent: drawn anew, without scripts, places and names of devices."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from PIL import Image

from shelterbelt.core.clean_copies import sniffing
from shelterbelt.core.clean_copies.apart import CleaningDied, cleaned_apart
from shelterbelt.core.clean_copies.kinds import Family, Kind, Reason
from shelterbelt.plans.drawing_words import WHY_NOT
from shelterbelt.plans.rules.drawings import LONGEST_EDGE, MOST_PAGES
from shelterbelt.ui.pdf.printing import CannotBePrinted
from shelterbelt.ui.pdf.seen import pages_as_pictures

TAKEN = frozenset({Family.PICTURE, Family.PDF})


@dataclass(frozen=True)
class Clean:
    """A clean picture, always a PNG."""

    content: bytes
    width: int
    height: int


def clean_pictures(content: bytes) -> list[Clean]:
    """One picture, or one of each page of a PDF. ValidationError with a sentence if there is none."""
    kind = sniffing.of_all(content)
    if not isinstance(kind, Kind):
        raise _refusal(kind)
    if kind.family not in TAKEN:
        raise _refusal(Reason.NOT_TAKEN)
    copy = _copy(content)
    pictures = _pages(copy) if kind.family is Family.PDF else [copy]
    return [_smaller(each) for each in pictures]


def _copy(content: bytes) -> bytes:
    try:
        outcome = cleaned_apart(content)
    except CleaningDied as error:
        raise _refusal(Reason.CANNOT_BE_CLEANED) from error
    if outcome.reason is not None or not outcome.copy:
        raise _refusal(outcome.reason or Reason.CANNOT_BE_CLEANED)
    return outcome.copy


def _pages(copy: bytes) -> Sequence[bytes]:
    try:
        return pages_as_pictures(copy, most=MOST_PAGES)
    except CannotBePrinted as error:
        raise _refusal(Reason.DAMAGED) from error


def _smaller(content: bytes) -> Clean:
    """No larger than a page shows. What it reads was drawn by our own cleaning."""
    with Image.open(io.BytesIO(content)) as picture:
        picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        flat = Image.new("RGB", picture.size, "white")
        seen = picture.convert("RGBA")
        flat.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=False)
    return Clean(out.getvalue(), flat.width, flat.height)


def _refusal(reason: Reason) -> ValidationError:
    return ValidationError(WHY_NOT[reason], code=str(reason))
