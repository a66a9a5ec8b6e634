"""A JPEG 2000 picture without its words: boxes that hold none of the picture are left out (ISO 15444-1, annex I)."""

_PICTURE = {b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq"}


def bare(content: bytes) -> bytes:
    """The same picture. A bare codestream has no boxes and is given back as it is."""
    if content[4:8] != b"jP  ":
        return content
    kept, at = [], 0
    while at + 8 <= len(content):
        name, end = content[at + 4 : at + 8], _end(content, at)
        if name in _PICTURE:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _end(content: bytes, at: int) -> int:
    """Where the box ends. A size of 0 means that it is the last; of 1, that the size follows in eight bytes."""
    size = int.from_bytes(content[at : at + 4], "big")
    if size == 1:
        size = int.from_bytes(content[at + 8 : at + 16], "big")
    return min(at + size, len(content)) if size >= 8 else len(content)
