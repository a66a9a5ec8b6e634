"""Reads HTML into the parts of a rich text. What it is given has been through nh3, so every tag is closed in order."""

import re
from html.parser import HTMLParser
from typing import Any

from shelterbelt.core.rich_text import addresses
from shelterbelt.core.rich_text.lines import one_line, paragraphs
from shelterbelt.core.rich_text.parts import (
    Block,
    Blocks,
    Break,
    Cell,
    Inline,
    Kind,
    Listing,
    Mark,
    Picture,
    Quote,
    Row,
    Run,
    Scope,
    Table,
    Text,
)

MARKS: dict[str, Mark] = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LINES = (
    "p", "div", "address", "article", "aside", "body", "center", "dd", "details", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hr", "legend", "main", "nav", "pre", "section", "summary",
)  # fmt: skip
"""Tags that begin a new paragraph."""
_DEEPEST = 12
_MOST_COLUMNS, _MOST_ROWS, _LAST_NUMBER = 50, 500, 99_999
_LONGEST_ALT, _LONGEST_CAPTION = 500, 500
_SCOPES: tuple[Scope, ...] = ("col", "row", "colgroup", "rowgroup")
_NUMBER = re.compile(r"\A[0-9]{1,5}\Z")


class _Open:
    """A list, an entry, a quotation, a table or a field while it is read."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.blocks: list[Block] = []
        self.items: list[Blocks] = []
        self.rows: list[tuple[bool, list[Cell]]] = []
        self.in_head = False
        self.caption = ""


class Reader(HTMLParser):
    """Collects the parts of a text."""

    def __init__(self, *, top: int) -> None:
        super().__init__(convert_charrefs=True)
        self.top = top
        self.open = [_Open("", {})]
        self.counts: list[bool] = []  # of each open container, whether it counts or is one too deep
        self.kinds: list[Kind] = []
        self.marks: list[Mark] = []
        self.links: list[str] = []
        self.line: list[Inline] = []
        self.caption: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag == "a":
            self.links.append(addresses.link(attributes.get("href", "")))
        elif tag == "br":
            self.line.append(Break())
        elif tag == "img":
            self._picture(attributes)
        else:
            self._begin(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in MARKS:
            self.marks.pop()
        elif tag == "a":
            self.links.pop()
        elif tag not in {"br", "img"}:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        """Words."""
        if self.caption is not None:
            self.caption.append(data)
        else:
            self.line.append(Run(data, frozenset(self.marks), self.links[-1] if self.links else ""))

    def blocks(self) -> Blocks:
        """All that was read."""
        self._flush()
        return tuple(self.open[0].blocks)

    def _picture(self, attributes: dict[str, str]) -> None:
        if addresses.is_ours(attributes.get("src", "")):
            self.line.append(Picture(attributes["src"], one_line(attributes.get("alt", ""))[:_LONGEST_ALT].strip()))

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._flush()
        if tag in HEADINGS:
            self.kinds.append(self._heading(int(tag[1])))
        elif tag in LINES:
            self.kinds.append("p")
        elif tag == "caption":
            self.caption = []
        elif tag in {"thead", "tbody", "tfoot", "tr"}:
            self._row(tag)
        else:
            self._open(tag, attributes)

    def _end(self, tag: str) -> None:
        self._flush()
        if tag in HEADINGS or tag in LINES:
            self.kinds.pop()
        elif tag == "caption":
            self._captioned()
        elif tag not in {"thead", "tbody", "tfoot", "tr"} and self.counts.pop():
            self._close(self.open.pop())

    def _captioned(self) -> None:
        words = one_line("".join(self.caption or []))[:_LONGEST_CAPTION].strip()
        self.caption = None
        if self.open[-1].tag == "table":
            self.open[-1].caption = words
        elif words:
            self.open[-1].blocks.append(Text("p", (Run(words),)))

    def _heading(self, level: int) -> Kind:
        """Two levels: the highest that the text has, and the rest."""
        if any(each.tag in {"li", "cell", "blockquote"} for each in self.open):
            return "p"
        return "h3" if level <= self.top else "h4"

    def _row(self, tag: str) -> None:
        table = self.open[-1]
        if table.tag != "table":
            return  # of a table within a table: its fields stand one below another
        if tag == "tr":
            table.rows.append((table.in_head, []))
        else:
            table.in_head = tag == "thead"

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        counts = self._may_open(tag)
        self.counts.append(counts)
        if counts:
            self.open.append(_Open("cell" if tag in {"td", "th"} else tag, attributes | {"": tag}))

    def _may_open(self, tag: str) -> bool:
        inner = self.open[-1].tag
        if tag in {"td", "th"}:
            return inner == "table" and bool(self.open[-1].rows)
        if tag == "li":
            return inner in {"ul", "ol"}
        if tag == "table" and any(each.tag == "table" for each in self.open):
            return False
        return len(self.open) < _DEEPEST

    def _flush(self) -> None:
        """End the line that is being read."""
        given, self.line = self.line, []
        kind = self.kinds[-1] if self.kinds else "p"
        if kind == "p":
            found: list[Block] = [Text("p", line) for line in paragraphs(given)]
        else:
            found = [Text(kind, line) for line in paragraphs([_unbroken(part) for part in given])]
        self._add(found)

    def _add(self, blocks: list[Block]) -> None:
        holder = self.open[-1]
        if holder.tag in {"ul", "ol"} and blocks:
            self._beside_items(holder, blocks)
        else:
            holder.blocks += blocks

    def _beside_items(self, listing: _Open, blocks: list[Block]) -> None:
        """What stands in a list but in no entry: a list goes to the entry before it, words are an entry."""
        if listing.items and isinstance(blocks[0], Listing):
            listing.items[-1] = (*listing.items[-1], *blocks)
        else:
            listing.items.append(tuple(blocks))

    def _close(self, done: _Open) -> None:
        holder = self.open[-1]
        if done.tag == "li":
            holder.items += [tuple(done.blocks)] if done.blocks else []
        elif done.tag == "cell":
            holder.rows[-1][1].append(_cell(done, in_head=holder.rows[-1][0]))
        elif done.tag in {"ul", "ol"} and done.items:
            start = _number(done.attributes.get("start", ""), most=_LAST_NUMBER) if done.tag == "ol" else 1
            self._add([Listing(done.tag == "ol", tuple(done.items), start)])
        elif done.tag == "blockquote" and done.blocks:
            self._add([Quote(tuple(done.blocks))])
        elif done.tag == "table":
            self._add(_table(done))


def _unbroken(part: Inline) -> Inline:
    """Headings have one line."""
    return Run(" ") if isinstance(part, Break) else part


def _number(word: str, *, most: int) -> int:
    return min(max(int(word), 1), most) if _NUMBER.match(word) else 1


def _cell(done: _Open, *, in_head: bool) -> Cell:
    is_head = in_head or done.attributes[""] == "th"
    return Cell(
        tuple(done.blocks),
        is_head=is_head,
        colspan=_number(done.attributes.get("colspan", ""), most=_MOST_COLUMNS),
        rowspan=_number(done.attributes.get("rowspan", ""), most=_MOST_ROWS),
        scope=next((scope for scope in _SCOPES if scope == done.attributes.get("scope")), None) if is_head else None,
    )


def _table(done: _Open) -> list[Block]:
    """The table; rows of heads alone stand in its head, and every head says of what it is one."""
    rows = [(in_head, tuple(cells)) for in_head, cells in done.rows if cells]
    heads = 0
    while heads < len(rows) and (rows[heads][0] or all(cell.is_head for cell in rows[heads][1])):
        heads += 1
    head = tuple(_scoped(cells, "col") for _, cells in rows[:heads])
    body = tuple(_scoped(cells, "row") for _, cells in rows[heads:])
    if rows:
        return [Table(head, body, done.caption)]
    return [Text("p", (Run(done.caption),))] if done.caption else []


def _scoped(cells: tuple[Cell, ...], scope: Scope) -> Row:
    def named(cell: Cell) -> dict[str, Any]:
        return {**cell.__dict__, "scope": cell.scope or scope} if cell.is_head else cell.__dict__

    return tuple(Cell(**named(cell)) for cell in cells)
