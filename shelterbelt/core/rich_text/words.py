"""The words of a rich text."""

from collections.abc import Iterator

from shelterbelt.core.rich_text.cleaning import parts_of
from shelterbelt.core.rich_text.parts import Block, Blocks, Break, Inline, Listing, Picture, Quote, Run, Table, Text


def text_of(html: str) -> str:
    """The words alone: a line for each paragraph, entry and row; fields of a row stand apart by a tab."""
    return "\n".join(lines_of(parts_of(html)))


def lines_of(blocks: Blocks) -> Iterator[str]:
    """Line by line."""
    for block in blocks:
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Text(_, line):
            yield words_of(line)
        case Listing(_, items):
            for item in items:
                yield from lines_of(item)
        case Quote(blocks):
            yield from lines_of(blocks)
        case Table(head, body, caption):
            if caption:
                yield caption
            for row in (*head, *body):
                yield "\t".join(" ".join(lines_of(cell.blocks)) for cell in row)


def words_of(line: tuple[Inline, ...]) -> str:
    """The words of one line; a picture is what it shows."""
    return "".join(map(_words, line)).strip()


def _words(part: Inline) -> str:
    match part:
        case Run(text):
            return text
        case Break():
            return " "
        case Picture(_, alt):
            return f"[{alt}]" if alt else ""
