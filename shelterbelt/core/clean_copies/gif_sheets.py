"""How large a GIF's sheet is: some frames lie outside of what the file says of itself, and a reader makes room."""

from collections.abc import Iterator

_FRAME, _MORE = 0x2C, 0x21


def size_with_frames(content: bytes) -> tuple[int, int]:
    """Width and height that hold the screen and every frame (GIF89a, 18 and 20)."""
    width, height = _pair(content, 6)
    for left, top, wide, high in _frames(content):
        width, height = max(width, left + wide), max(height, top + high)
    return width, height


def _frames(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    at = 13 + _table(content[10:11])
    while at < len(content):
        if content[at] == _FRAME:
            yield *_pair(content, at + 1), *_pair(content, at + 5)
            at = _behind_blocks(content, at + 11 + _table(content[at + 9 : at + 10]))
        elif content[at] == _MORE:
            at = _behind_blocks(content, at + 2)
        else:
            at += 1  # readers look on for the next frame as well


def _table(flags: bytes) -> int:
    """Bytes of a table of colours, by the flags that say whether there is one."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _behind_blocks(content: bytes, at: int) -> int:
    while at < len(content) and content[at]:
        at += 1 + content[at]
    return at + 1


def _pair(content: bytes, at: int) -> tuple[int, int]:
    return int.from_bytes(content[at : at + 2], "little"), int.from_bytes(content[at + 2 : at + 4], "little")
