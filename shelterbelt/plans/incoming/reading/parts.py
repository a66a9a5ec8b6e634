"""What a file was read into, and why one wasn't."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """Why a file can't be brought in; the sentences are in incoming/sentences.py."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_TAKEN = "not_taken"
    MACROS = "macros"
    OLD_WORD = "old_word"
    LOCKED = "locked"
    TOO_MUCH_INSIDE = "too_much_inside"
    TOO_SLOW = "too_slow"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"


class Lost(StrEnum):
    """What of a file doesn't come along, with how much of it."""

    PICTURES = "pictures"
    DRAWINGS = "drawings"
    MARGINS = "margins"
    PAGES = "pages"
    TABLES = "tables"


class CannotBeRead(Exception):
    """The file can't be brought in."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list or table as HTML that nobody has cleaned; a heading says how high it is."""

    html: str
    text: str
    level: int = 0
    is_bold: bool = False


@dataclass
class Part:
    """What stands below one heading."""

    title: str
    level: int
    html: str = ""


@dataclass
class Read:
    """All of a file. Pictures stand in the HTML as picture:0, picture:1 and so on."""

    parts: list[Part]
    pictures: list[bytes] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=dict)


def split(blocks: Sequence[Block]) -> list[Part]:
    """Part by part, in order. What stands before the first heading is a part without a title."""
    parts = [Part("", 1)]
    for block in blocks:
        if block.level:
            parts.append(Part(block.text, block.level))
        else:
            parts[-1].html += block.html
    return [part for part in parts if part.title or part.html]
