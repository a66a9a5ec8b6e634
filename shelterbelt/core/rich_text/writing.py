"""Writes the parts of a rich text as HTML, always in the same way."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from shelterbelt.core.rich_text.parts import (
    Block,
    Blocks,
    Break,
    Cell,
    Inline,
    Listing,
    Picture,
    Quote,
    Row,
    Run,
    Table,
    Text,
)


def html_of(blocks: Blocks) -> str:
    """All of it."""
    return "".join(map(html_of_block, blocks))


def html_of_block(block: Block) -> str:
    """One paragraph, list, quotation or table."""
    match block:
        case Text(kind, line):
            return f"<{kind}>{html_of_line(line)}</{kind}>"
        case Listing():
            return _listing(block)
        case Quote(blocks):
            return f"<blockquote>{html_of(blocks)}</blockquote>"
        case Table():
            return _table(block)


def is_tight(blocks: Blocks) -> bool:
    """Whether an entry or field begins with its only paragraph, which then needs no tag."""
    texts = [block for block in blocks if isinstance(block, Text)]
    return len(texts) == 1 and blocks[0] is texts[0] and texts[0].kind == "p"


def html_within(blocks: Blocks) -> str:
    """What stands in an entry or a field."""
    first = blocks[0] if blocks else None
    if isinstance(first, Text) and is_tight(blocks):
        return html_of_line(first.line) + html_of(blocks[1:])
    return html_of(blocks)


def html_of_line(line: Sequence[Inline]) -> str:
    """Words with their marks: links outside, then strong, then em."""
    return "".join(_linked(href, list(parts)) for href, parts in groupby(line, key=href_of))


def href_of(part: Inline) -> str:
    """Where a part leads."""
    return part.href if isinstance(part, Run) else ""


def is_strong(part: Inline) -> bool:
    """Whether a part is marked as important."""
    return isinstance(part, Run) and "strong" in part.marks


def _linked(href: str, parts: list[Inline]) -> str:
    inside = "".join(_strong(strong, group) for strong, group in groupby(parts, key=is_strong))
    return f'<a href="{escape(href)}">{inside}</a>' if href else inside


def _strong(strong: bool, parts: Iterable[Inline]) -> str:  # noqa: FBT001  groupby's key
    inside = "".join(map(_part, parts))
    return f"<strong>{inside}</strong>" if strong else inside


def _part(part: Inline) -> str:
    match part:
        case Break():
            return "<br>"
        case Picture(src, alt):
            return f'<img src="{escape(src)}" alt="{escape(alt)}">'
        case Run(text, marks):
            words = escape(text, quote=False)
            return f"<em>{words}</em>" if "em" in marks else words


def _listing(listing: Listing) -> str:
    tag = "ol" if listing.ordered else "ul"
    start = f' start="{listing.start}"' if listing.start != 1 else ""
    items = "".join(f"<li>{html_within(item)}</li>" for item in listing.items)
    return f"<{tag}{start}>{items}</{tag}>"


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption, quote=False)}</caption>" if table.caption else ""
    head = f"<thead>{_rows(table.head)}</thead>" if table.head else ""
    body = f"<tbody>{_rows(table.body)}</tbody>" if table.body else ""
    return f"<table>{caption}{head}{body}</table>"


def _rows(rows: Iterable[Row]) -> str:
    return "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)


def _cell(cell: Cell) -> str:
    tag = "th" if cell.is_head else "td"
    spans = "".join(
        f' {name}="{value}"' for name, value in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if value > 1
    )
    scope = f' scope="{cell.scope}"' if cell.scope else ""
    return f"<{tag}{spans}{scope}>{html_within(cell.blocks)}</{tag}>"
