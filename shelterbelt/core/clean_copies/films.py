"""Films and sounds made of boxes (MP4, MOV, M4A, 3GP), without place, time, device and title (ISO 14496-12).

Nothing moves: a box that tells something becomes a free box of the same length full of zeros, so every place that
another box names stays right. Tracks that are neither picture nor sound (a drone's positions, a phone's sensors, a
camera's subtitles) go the same way, with what they recorded. The picture and the sound themselves stay as they were.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import CannotBeCleaned, Refused

_KEPT: dict[bytes, frozenset[bytes]] = {
    b"": frozenset({b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"mfra", b"wide"}),
    b"moov": frozenset({b"mvhd", b"trak", b"mvex", b"iods"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia", b"tapt", b"clip", b"matt"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf", b"elng"}),
    b"moof": frozenset({b"mfhd", b"traf"}),
    b"traf": frozenset({b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"senc"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl", b"nmhd"}),
}
"""Which boxes stay in which; whatever else stands there is overwritten."""
_TIMED = {b"mvhd", b"tkhd", b"mdhd"}
_SEEN_AND_HEARD = {b"vide", b"soun"}
_DEEPEST = 8
_MOST_BOXES = 100_000


@dataclass(frozen=True)
class Box:
    """A box: its name, where it begins, where what it holds begins, and where it ends."""

    name: bytes
    begin: int
    inside: int
    end: int


class _Film:
    """A film while it is overwritten."""

    def __init__(self, content: bytes) -> None:
        self.content = bytearray(content)
        self.boxes = 0

    def within(self, begin: int, end: int) -> Iterator[Box]:
        """The boxes that stand one behind another between two places."""
        while begin + 8 <= end:
            box = self._box(begin, end)
            yield box
            begin = box.end
            self.boxes += 1
            if self.boxes > _MOST_BOXES:
                raise Refused(Reason.TOO_MUCH_INSIDE)

    def _box(self, begin: int, end: int) -> Box:
        size, name = int.from_bytes(self.content[begin : begin + 4], "big"), bytes(self.content[begin + 4 : begin + 8])
        inside = begin + 8
        if size == 1:
            size, inside = int.from_bytes(self.content[begin + 8 : begin + 16], "big"), begin + 16
        elif size == 0:
            size = end - begin
        if size < inside - begin or begin + size > end:
            raise Refused(Reason.DAMAGED)
        return Box(name, begin, inside, begin + size)

    def free(self, box: Box) -> None:
        """Overwrite a box."""
        self.content[box.begin + 4 : box.begin + 8] = b"free"
        self.zero(box.inside, box.end)

    def zero(self, begin: int, end: int) -> None:
        """Overwrite what stands between two places."""
        if begin > end or end > len(self.content):
            raise Refused(Reason.DAMAGED)
        self.content[begin:end] = bytes(end - begin)


def overwritten(content: bytes) -> bytes:
    """The same film, overwritten wherever it tells something."""
    film = _Film(content)
    end, seen = _last_whole(film)
    if b"moof" in seen and _has_other_tracks(film, end):
        raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)  # what they recorded lies in pieces, which we don't follow
    _clean(film, b"", 0, end, depth=0)
    return bytes(film.content[:end])


def _last_whole(film: _Film) -> tuple[int, set[bytes]]:
    """Where the last box ends, for fewer than eight bytes behind it are no box; and the boxes that there are."""
    end, seen = 0, set[bytes]()
    for box in film.within(0, len(film.content)):
        end = box.end
        seen.add(box.name)
    if b"moov" not in seen:
        raise Refused(Reason.DAMAGED)
    return end, seen


def _has_other_tracks(film: _Film, end: int) -> bool:
    films = [box for box in film.within(0, end) if box.name == b"moov"]
    tracks = [box for each in films for box in film.within(each.inside, each.end) if box.name == b"trak"]
    return any(_handler(film, track) not in _SEEN_AND_HEARD for track in tracks)


def _clean(film: _Film, parent: bytes, begin: int, end: int, *, depth: int) -> None:
    if depth > _DEEPEST:
        raise Refused(Reason.TOO_MUCH_INSIDE)
    for box in list(film.within(begin, end)):
        if box.name not in _KEPT[parent]:
            film.free(box)
        elif box.name == b"trak" and _handler(film, box) not in _SEEN_AND_HEARD:
            _forget(film, box)
            film.free(box)
        elif box.name in _TIMED:
            _forget_times(film, box)
        elif box.name == b"dinf":
            _forget_paths(film, box)
        elif box.name == b"hdlr":
            film.zero(min(box.inside + 24, box.end), box.end)  # a name that a maker chose
        elif box.name in _KEPT:
            if box.name == b"trak":
                _forget_encoder(film, box)
            _clean(film, box.name, box.inside, box.end, depth=depth + 1)


def _child(film: _Film, box: Box, *path: bytes) -> Box | None:
    """The first box at a path of names."""
    for name in path:
        found = next((each for each in film.within(box.inside, box.end) if each.name == name), None)
        if found is None:
            return None
        box = found
    return box


def _handler(film: _Film, track: Box) -> bytes:
    box = _child(film, track, b"mdia", b"hdlr")
    return bytes(film.content[box.inside + 8 : box.inside + 12]) if box else b""


def _forget_times(film: _Film, box: Box) -> None:
    """When it was recorded and changed: four bytes each, or eight in the box's first version."""
    width = 8 if film.content[box.inside] == 1 else 4
    film.zero(box.inside + 4, min(box.inside + 4 + 2 * width, box.end))


def _forget_paths(film: _Film, box: Box) -> None:
    """Where the recording lay on somebody's disk (QuickTime's aliases). It lies in this file."""
    table = _child(film, box, b"dref")
    for each in list(film.within(min(table.inside + 8, table.end), table.end)) if table else []:
        film.zero(min(each.inside + 4, each.end), each.end)


def _forget_encoder(film: _Film, track: Box) -> None:
    """The name that a camera gives to how it packs pictures, among the 32 letters meant for that."""
    table = _child(film, track, b"mdia", b"minf", b"stbl", b"stsd")
    if table is None or _handler(film, track) != b"vide":
        return
    for each in list(film.within(min(table.inside + 8, table.end), table.end)):
        film.zero(min(each.inside + 42, each.end), min(each.inside + 74, each.end))


def _forget(film: _Film, track: Box) -> None:
    """Overwrite what a track recorded, wherever it lies."""
    table = _child(film, track, b"mdia", b"minf", b"stbl")
    if table is None:
        raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)
    sizes, places, done = _sizes(film, table), _places(film, table), 0
    for place, count in zip(places, _per_chunk(film, table, len(places)), strict=True):
        film.zero(place, place + sum(sizes[done : done + count]))
        done += count
    if done < len(sizes):
        raise Refused(Reason.DAMAGED)


def _numbers(film: _Film, box: Box, *, at: int, count: int, width: int) -> list[int]:
    begin = box.inside + at
    if count < 0 or begin + count * width > box.end:
        raise Refused(Reason.DAMAGED)
    return [int.from_bytes(film.content[p : p + width], "big") for p in range(begin, begin + count * width, width)]


def _count(film: _Film, box: Box, at: int) -> int:
    return int.from_bytes(film.content[box.inside + at : box.inside + at + 4], "big")


def _sizes(film: _Film, table: Box) -> list[int]:
    box = _child(film, table, b"stsz")
    if box is None:
        raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)
    same, count = _count(film, box, 4), _count(film, box, 8)
    if same and count > _MOST_BOXES:
        raise Refused(Reason.TOO_MUCH_INSIDE)
    return [same] * count if same else _numbers(film, box, at=12, count=count, width=4)


def _places(film: _Film, table: Box) -> list[int]:
    for name, width in ((b"stco", 4), (b"co64", 8)):
        box = _child(film, table, name)
        if box is not None:
            return _numbers(film, box, at=8, count=_count(film, box, 4), width=width)
    raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)


def _per_chunk(film: _Film, table: Box, chunks: int) -> list[int]:
    """How many samples each chunk has: runs of (first chunk, samples, description)."""
    box = _child(film, table, b"stsc")
    if box is None:
        return [0] * chunks
    rows = _numbers(film, box, at=8, count=_count(film, box, 4) * 3, width=4)
    runs = list(zip(rows[::3], rows[1::3], strict=True))
    counts = [0] * chunks
    for number, (first, samples) in enumerate(runs):
        last = runs[number + 1][0] if number + 1 < len(runs) else chunks + 1
        for chunk in range(max(first, 1), min(last, chunks + 1)):
            counts[chunk - 1] = samples
    return counts
