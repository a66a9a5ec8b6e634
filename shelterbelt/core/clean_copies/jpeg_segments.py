"""A JPEG without its words, the picture untouched: for photos inside PDFs, which stay as they are."""

_JFIF, _SCAN, _END = 0xE0, 0xDA, 0xD9
_WITHIN_SCAN = {0xFF, *range(0xD0, 0xD8)}
"""Filling and restarts. A zero after 0xFF says that it is no mark."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Marks that nothing follows."""
_WORDS = {0xFE, *range(0xE1, 0xEE), 0xEF}
"""Comments and what applications add: Exif, XMP, ICC and others. APP0 (JFIF) and APP14 (how colours are meant) stay."""
_JFIF_LENGTH = 18
"""Bytes of an APP0 segment without a thumbnail: its mark and what it says."""


def bare(content: bytes) -> bytes:
    """The same picture; what isn't a JPEG is given back as it is, to be damaged for every viewer alike."""
    if content[:2] != b"\xff\xd8":
        return content
    kept, at = [b"\xff\xd8"], 2
    while True:
        begin, mark, end = _segment(content, at)
        if mark is None or mark == _END:
            break  # what was hung behind the picture is left out
        at = _end_of_scan(content, end) if mark == _SCAN else end
        kept.append(_kept(mark, content[begin:at]))
    return b"".join([*kept, b"\xff\xd9"])


def _kept(mark: int, segment: bytes) -> bytes:
    if mark == _JFIF:
        return _without_thumbnail(segment)
    return b"" if mark in _WORDS else segment


def _segment(content: bytes, at: int) -> tuple[int, int | None, int]:
    """Where the next segment begins, its mark, and where it ends."""
    while content[at : at + 2] == b"\xff\xff":
        at += 1
    if len(content) < at + 2 or content[at] != 0xFF:
        return at, None, at
    mark = content[at + 1]
    length = 0 if mark in _ALONE or mark == _END else int.from_bytes(content[at + 2 : at + 4], "big")
    return at, mark, at + 2 + length


def _without_thumbnail(segment: bytes) -> bytes:
    """JFIF's own words end with the size of a thumbnail and the thumbnail: its size becomes nothing."""
    if segment[4:9] != b"JFIF\0" or len(segment) < _JFIF_LENGTH:
        return b""
    return segment[:2] + (_JFIF_LENGTH - 2).to_bytes(2, "big") + segment[4:16] + b"\0\0"


def _end_of_scan(content: bytes, begin: int) -> int:
    """Where the packed picture ends: at the first mark but those that stand within it."""
    at = content.find(b"\xff", begin)
    while 0 <= at < len(content) - 1:
        if content[at + 1] and content[at + 1] not in _WITHIN_SCAN:
            return at
        at = content.find(b"\xff", at + 1)
    return len(content)
