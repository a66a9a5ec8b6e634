"""Ogg (Opus and Vorbis) without its comments: who sang, recorded and where (RFC 3533, RFC 7845).

The second packet of a stream is made of comments. It is overwritten in place by one long name of no program and no
comments, and the pages it lies on get new checksums.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import CannotBeCleaned, Refused

_HEADS = ((b"OpusHead", b"OpusTags", b""), (b"\x01vorbis", b"\x03vorbis", b"\x01"))
"""How a stream begins, how its comments begin, and how they end."""
_MOST_PAGES = 200_000


@dataclass(frozen=True)
class _Page:
    """A page: where it begins and ends, the stream it belongs to, and where the packets on it lie."""

    begin: int
    end: int
    stream: bytes
    continues: bool
    packets: list[tuple[int, int, bool]]
    """Begin, end, and whether it ends here."""


@dataclass
class _Stream:
    head: bytes = b""
    packets: int = 0
    comments: list[tuple[int, int]] = field(default_factory=list)
    pages: list[_Page] = field(default_factory=list)


def overwritten(content: bytes) -> bytes:
    """The same sound, overwritten where its comments were."""
    sound, streams, end = bytearray(content), dict[bytes, _Stream](), 0
    for page in _pages(content):
        _follow(streams, page, content)
        end = page.end
    if not streams:
        raise Refused(Reason.DAMAGED)
    for stream in streams.values():
        _overwrite(sound, stream)
    return bytes(sound[:end])


def _pages(content: bytes) -> Iterator[_Page]:
    at = 0
    for _ in range(_MOST_PAGES):
        if content[at : at + 4] != b"OggS" or len(content) < at + 27:
            return
        table = content[at + 27 : at + 27 + content[at + 26]]
        inside = at + 27 + len(table)
        if inside + sum(table) > len(content):
            return
        continues = bool(content[at + 5] & 1)
        yield _Page(at, inside + sum(table), content[at + 14 : at + 18], continues, _packets(table, inside))
        at = inside + sum(table)
    raise Refused(Reason.TOO_MUCH_INSIDE)


def _packets(table: bytes, inside: int) -> list[tuple[int, int, bool]]:
    packets, begin, at = [], inside, inside
    for length in table:
        at += length
        if length < 255:
            packets.append((begin, at, True))
            begin = at
    return [*packets, (begin, at, False)] if at > begin else packets


def _follow(streams: dict[bytes, _Stream], page: _Page, content: bytes) -> None:
    stream = streams.setdefault(page.stream, _Stream())
    if content[page.begin + 5] & 2:
        if stream.packets:
            raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)  # two streams of one number, one behind the other
        stream.head = content[page.packets[0][0] : page.packets[0][1]][:8] if page.packets else b""
    for begin, end, is_whole in page.packets:
        if stream.packets == 1:
            stream.comments.append((begin, end))
            stream.pages.append(page)
        stream.packets += is_whole


def _overwrite(sound: bytearray, stream: _Stream) -> None:
    found = next(((tags, last) for head, tags, last in _HEADS if stream.head.startswith(head)), None)
    if found is None:
        raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)  # a film, or a kind of sound that isn't known
    start, last = found
    length = sum(end - begin for begin, end in stream.comments)
    room = length - len(start) - 8 - len(last)
    if room < 0 or not b"".join(bytes(sound[a:b]) for a, b in stream.comments).startswith(start):
        raise Refused(Reason.DAMAGED)
    empty = start + room.to_bytes(4, "little") + b" " * room + bytes(4) + last
    for begin, end in stream.comments:
        sound[begin:end], empty = empty[: end - begin], empty[end - begin :]
    for page in stream.pages:
        _sum_up(sound, page)


def _table() -> list[int]:
    sums = []
    for number in range(256):
        rest = number << 24
        for _ in range(8):
            rest = (rest << 1 ^ 0x04C11DB7 if rest & 0x80000000 else rest << 1) & 0xFFFFFFFF
        sums.append(rest)
    return sums


_SUMS = _table()


def _sum_up(sound: bytearray, page: _Page) -> None:
    """Give a page the checksum of what it now holds."""
    sound[page.begin + 22 : page.begin + 26] = bytes(4)
    rest = 0
    for byte in sound[page.begin : page.end]:
        rest = (rest << 8 & 0xFFFFFFFF) ^ _SUMS[rest >> 24 ^ byte]
    sound[page.begin + 22 : page.begin + 26] = rest.to_bytes(4, "little")
