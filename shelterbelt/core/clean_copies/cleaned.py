"""The one door to the cleaning: what a file is, and its clean copy."""

from shelterbelt.core.clean_copies import films, letters, matroska, office, ogg, pdf, pictures, sniffing, sounds
from shelterbelt.core.clean_copies.kinds import (
    AMR,
    MP3,
    OGG,
    PDF,
    TEXT,
    WAV,
    WEBM,
    Family,
    Kind,
    Reason,
)  # fmt: skip
from shelterbelt.core.clean_copies.limits import LARGEST_COPY
from shelterbelt.core.clean_copies.outcome import CannotBeCleaned, Left, Outcome, Refused, State

_BY_KIND = {
    AMR: sounds.amr, MP3: sounds.mp3, WAV: sounds.wav, OGG: ogg.overwritten, WEBM: matroska.overwritten,
    PDF: pdf.rewritten, TEXT: letters.rewritten,
}  # fmt: skip
_DEEPEST = 2
"""A table within slides is cleaned; one within that isn't."""


def cleaned(content: bytes) -> Outcome:
    """What became of a file. Never raises for what a file holds, but for memory."""
    kind = sniffing.of_all(content)
    if not isinstance(kind, Kind):
        return Outcome(State.REFUSED, reason=kind)
    try:
        copy, left = _copy(content, kind, depth=0)
    except Refused as error:
        return Outcome(State.REFUSED, kind, error.reason)
    except CannotBeCleaned as error:
        return Outcome(State.NO_CLEAN_COPY, kind, error.reason)
    if len(copy) > LARGEST_COPY:
        return Outcome(State.NO_CLEAN_COPY, kind, Reason.TOO_MUCH_INSIDE)
    return Outcome(State.CLEAN, kind, copy=copy, left=tuple(sorted(left)))


def _copy(content: bytes, kind: Kind, *, depth: int) -> tuple[bytes, set[Left]]:
    if kind.family is Family.OFFICE:
        if depth >= _DEEPEST:
            raise Refused(Reason.TOO_MUCH_INSIDE)
        return office.repacked(content, kind, inner=lambda part, its: _copy(part, its, depth=depth + 1)[0])
    recorded = {Left.HIDDEN_MARKS} if kind.family in {Family.VIDEO, Family.SOUND} else set[Left]()
    if kind.family is Family.PICTURE:
        return pictures.redrawn(content, kind), recorded
    return _BY_KIND.get(kind, films.overwritten)(content), recorded
