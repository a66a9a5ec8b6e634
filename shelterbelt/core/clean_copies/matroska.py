"""WebM without tags, attachments, chapters and dates (RFC 8794, RFC 9559), overwritten in place like `films`."""

from dataclasses import dataclass

from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import Refused

_HEAD, _SEGMENT, _INFO, _CLUSTER, _VOID = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1F43B675, 0xEC
_SEEK, _TRACKS, _CUES = 0x114D9B74, 0x1654AE6B, 0x1C53BB6B
_OUTERMOST = {_SEEK, _INFO, _TRACKS, _CUES, _CLUSTER}
"""Parts of a segment that stay. Tags, Attachments, Chapters, and what isn't known don't."""
_IN_CLUSTER = {0xE7, 0xA3, 0xA0, 0xAB, 0xA7}
"""What a cluster holds: its time, blocks, and places. A cluster whose length isn't said is read part by part."""
_ABOUT = {0x2AD7B1, 0x4489, 0x4D80, 0x5741}
"""Of Info: the length of a tick, how long it lasts, and two names of programs that readers ask for."""
_PROGRAMS = {0x4D80, 0x5741}
_MOST = 500_000


@dataclass(frozen=True)
class _Element:
    """An element: what it is, where it begins, where what it holds begins, and where it ends (None: not said)."""

    name: int
    begin: int
    inside: int
    end: int | None


def overwritten(content: bytes) -> bytes:
    """The same film, overwritten wherever it tells something."""
    film = bytearray(content)
    head = _element(film, 0, len(film))
    if head.name != _HEAD or head.end is None:
        raise Refused(Reason.DAMAGED)
    segment = _element(film, head.end, len(film))
    if segment.name != _SEGMENT:
        raise Refused(Reason.DAMAGED)
    end = len(film) if segment.end is None else segment.end
    _segment(film, segment.inside, end)
    return bytes(film[:end])  # what was hung behind it is left out


def _segment(film: bytearray, at: int, end: int) -> None:
    for _ in range(_MOST):
        if at >= end:
            return
        each = _element(film, at, end)
        if each.end is None:
            if each.name != _CLUSTER:
                raise Refused(Reason.DAMAGED)
            at = each.inside  # recorded live: what it holds follows, and stays
            continue
        if each.name not in _OUTERMOST | _IN_CLUSTER:
            _void(film, each.begin, each.end)
        elif each.name == _INFO:
            _info(film, each.inside, each.end)
        at = each.end
    raise Refused(Reason.TOO_MUCH_INSIDE)


def _info(film: bytearray, at: int, end: int) -> None:
    while at < end:
        each = _element(film, at, end)
        if each.end is None:
            raise Refused(Reason.DAMAGED)
        if each.name not in _ABOUT:
            _void(film, each.begin, each.end)
        elif each.name in _PROGRAMS:
            film[each.inside : each.end] = b"-" * (each.end - each.inside)
        at = each.end


def _void(film: bytearray, begin: int, end: int) -> None:
    """Make it an element that readers skip, of the same length."""
    length = end - begin
    if length < 2:
        raise Refused(Reason.DAMAGED)
    wide = 8 if length >= 9 else 1
    inside = length - 1 - wide
    size = (1 << 7 * wide | inside).to_bytes(wide, "big")
    film[begin:end] = bytes([_VOID]) + size + bytes(inside)


def _element(film: bytearray, at: int, most: int) -> _Element:
    name, inside = _number(film, at, most, longest=4, keeps_mark=True)
    size, begin = _number(film, inside, most, longest=8, keeps_mark=False)
    unknown = size == (1 << 7 * (begin - inside)) - 1
    if not unknown and begin + size > most:
        raise Refused(Reason.DAMAGED)
    return _Element(name, at, begin, None if unknown else begin + size)


def _number(film: bytearray, at: int, most: int, *, longest: int, keeps_mark: bool) -> tuple[int, int]:
    """A number whose first byte says how long it is, and where it ends."""
    if at >= most or not film[at]:
        raise Refused(Reason.DAMAGED)
    length = 9 - film[at].bit_length()
    if length > longest or at + length > most:
        raise Refused(Reason.DAMAGED)
    number = int.from_bytes(film[at : at + length], "big")
    return (number if keeps_mark else number & ~(1 << 7 * length)), at + length
