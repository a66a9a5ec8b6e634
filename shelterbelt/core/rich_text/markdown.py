"""Rich text for whoever edits it without JavaScript: Markdown (CommonMark with tables), and back.

What Markdown can't say (a field over two columns, a list in a field) stands in it as the HTML it is, so that nothing
is lost on the way: from_markdown(to_markdown(text)) is the text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from markdown_it import MarkdownIt

from shelterbelt.core.rich_text.cleaning import clean, parts_of, written
from shelterbelt.core.rich_text.parts import (
    Block,
    Blocks,
    Break,
    Cell,
    Inline,
    Listing,
    Picture,
    Quote,
    Run,
    Table,
    Text,
)
from shelterbelt.core.rich_text.writing import href_of, html_of_block, html_of_line, is_strong

# A new line that somebody types is meant as one: an address, a list of names.
_READS = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
_SPECIAL = re.compile(r"[\\`*\[\]<|]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_AT_START = re.compile(r"\A(?:#{1,6}(?= |\Z)|[-+>=~]|:(?=-)|\d{1,9}(?=[.)]))")


def from_markdown(text: str) -> str:
    """Clean HTML of what somebody typed. TooLong if it is too long."""
    return clean(_READS.render(text.replace("\x00", "")))


def to_markdown(html: str) -> str:
    """A text as Markdown."""
    blocks = parts_of(html)
    return markdown_of(blocks, written(blocks))


def markdown_of(blocks: Blocks, html: str) -> str:
    """The same for a text of which both are known. It is read again, because what doesn't come back is lost."""
    text = _joined(blocks, list(map(_block, blocks)))
    if from_markdown(text) == html:
        return text
    text = _joined(blocks, [_kept(block) for block in blocks])
    if from_markdown(text) == html:
        return text
    return "\n\n".join(_as_html(block) for block in blocks)


def _kept(block: Block) -> str:
    """A block as Markdown if it comes back the same, else as HTML."""
    text = _block(block)
    return text if parts_of(_READS.render(text)) == (block,) else _as_html(block)


def _joined(blocks: Sequence[Block], texts: Sequence[str]) -> str:
    """Blocks one below another. Two lists would become one, if nothing stood between them."""
    joined = list(texts[:1])
    for (before, after), text in zip(pairwise(blocks), texts[1:], strict=True):
        two_lists = isinstance(before, Listing) and isinstance(after, Listing)
        joined += ["<!-- -->", text] if two_lists else [text]
    return "\n\n".join(joined)


def _as_html(block: Block) -> str:
    """As HTML, a row on each line."""
    return re.sub(r"(?=<tr>|<tbody>)|(?=</table>)", "\n", html_of_block(block))


def _block(block: Block) -> str:
    match block:
        case Text("p", line):
            return _line(line)
        case Text(kind, line):
            return f"{'#' * int(kind[1])} {_line(line)}"
        case Listing():
            return "\n".join(_items(block))
        case Quote(blocks):
            return "\n".join(f"> {line}".rstrip() for line in _within(blocks, gap="\n\n").split("\n"))
        case Table():
            return _table(block) if _is_plain(block) else _as_html(block)


def _within(blocks: Blocks, *, gap: str) -> str:
    return gap.join(map(_block, blocks))


def _items(listing: Listing) -> Iterator[str]:
    """Entry by entry, what belongs to one set in below it."""
    is_loose = any(sum(isinstance(block, Text) for block in item) > 1 for item in listing.items)
    for number, item in enumerate(listing.items, listing.start):
        before = f"{number}. " if listing.ordered else "- "
        gap = "\n\n" if is_loose else "\n"
        lines = _within(item, gap=gap).split("\n")
        inside = ("\n" + " " * len(before)).join(lines)
        yield re.sub(r"\n +(?=\n)", "\n", before + inside) + ("\n" if is_loose else "")


def _is_plain(table: Table) -> bool:
    rows = (*table.head, *table.body)
    return (
        len(table.head) == 1
        and not table.caption
        and len({len(row) for row in rows}) == 1
        and all(cell.scope == "col" for cell in table.head[0])
        and not any(cell.is_head for row in table.body for cell in row)
        and all(_is_simple(cell) for row in rows for cell in row)
    )


def _is_simple(cell: Cell) -> bool:
    spans = cell.colspan > 1 or cell.rowspan > 1
    return not spans and len(cell.blocks) <= 1 and all(isinstance(block, Text) for block in cell.blocks)


def _table(table: Table) -> str:
    head, *rows = ([_field(cell) for cell in row] for row in (*table.head, *table.body))
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(fields)} |" for fields in lines)


def _field(cell: Cell) -> str:
    line = cell.blocks[0].line if cell.blocks and isinstance(cell.blocks[0], Text) else ()
    return _line(line).replace("\n", "<br>")


def _line(line: Sequence[Inline]) -> str:
    """The words of a paragraph, with what Markdown would take for signs set apart."""
    signed = "".join(_linked(href, list(parts)) for href, parts in groupby(line, key=href_of))
    return "\n".join(_AT_START.sub(_apart, text) for text in signed.split("\n"))


def _apart(found: re.Match[str]) -> str:
    signs = found.group()
    return f"{signs}\\" if signs[0].isdigit() else f"\\{signs}"


def _linked(href: str, parts: list[Inline]) -> str:
    inside = "".join(
        _marked("**", list(group)) if strong else _plain(list(group)) for strong, group in groupby(parts, key=is_strong)
    )
    if not href:
        return inside
    return f"[{inside}](<{href}>)" if re.search(r"[()]", href) else f"[{inside}]({href})"


def _plain(parts: list[Inline]) -> str:
    return "".join(map(_part, parts))


def _marked(sign: str, parts: list[Inline]) -> str:
    return f"{sign}{_plain(parts)}{sign}"


def _part(part: Inline) -> str:
    match part:
        case Break():
            return "\n"
        case Picture():
            return html_of_line([part]) if re.search(r"[\[\]\\<&*_`\"]", part.alt) else f"![{part.alt}]({part.src})"
        case Run(text, marks):
            words = _SPECIAL.sub(lambda found: f"\\{found.group()}", text)
            return f"*{words}*" if "em" in marks else words
