"""What a rich text consists of. Whatever isn't here can't be in one."""

from dataclasses import dataclass
from typing import Literal

Mark = Literal["strong", "em"]
Kind = Literal["p", "h3", "h4"]
Scope = Literal["col", "row", "colgroup", "rowgroup"]


@dataclass(frozen=True)
class Run:
    """Words with the same marks and the same link."""

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""

    def like(self, text: str) -> "Run":
        """Other words with the same marks."""
        return Run(text, self.marks, self.href)


@dataclass(frozen=True)
class Break:
    """A new line in the same paragraph."""


@dataclass(frozen=True)
class Picture:
    """A picture among the words, by the address of one of our own documents."""

    src: str
    alt: str = ""


Inline = Run | Break | Picture


@dataclass(frozen=True)
class Text:
    """A paragraph or a heading."""

    kind: Kind
    line: tuple[Inline, ...]


@dataclass(frozen=True)
class Listing:
    """A list, with or without numbers."""

    ordered: bool
    items: tuple["Blocks", ...]
    start: int = 1


@dataclass(frozen=True)
class Quote:
    """A passage from elsewhere."""

    blocks: "Blocks"


@dataclass(frozen=True)
class Cell:
    """A field of a table."""

    blocks: "Blocks"
    is_head: bool = False
    colspan: int = 1
    rowspan: int = 1
    scope: Scope | None = None


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table: its heads above, its rows below."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: str = ""


Block = Text | Listing | Quote | Table
Blocks = tuple[Block, ...]
