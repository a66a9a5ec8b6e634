"""Clean HTML becomes a tree of plain dicts that a template can set: headings, paragraphs, lists, tables, pictures.

What the tree doesn't know is set as its text; nothing of the words is lost. Whatever is nested deeper than Typst would
follow is flattened. Headings never skip a level, as PDF/UA asks (Matterhorn 14-003).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from shelterbelt.ui.pdf.tables import table

Node = dict[str, Any]

DEEPEST = 6
"""Lists within lists, tables within tables: deeper ones are set as their text."""
LOWEST_HEADING = 6
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul": "bullets", "ol": "numbers"}
_MARKS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "u": "under", "s": "strike", "del": "strike",
    "sub": "sub", "sup": "sup", "code": "code",
}  # fmt: skip
_BLOCKS = {*_HEADINGS, *_LISTS, "p", "div", "blockquote", "table", "hr", "pre", "figure", "section", "article", "dl"}
_LINK = re.compile(r"(?i)(https?://|mailto:|tel:)\S+\Z")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """What a tree is read with: the names of the pictures that are there, and the words for one that tells nothing."""

    pictures: Mapping[str, str] = field(default_factory=dict)
    """The name of a picture's file by what `src` says."""
    undescribed: str = "Picture"


def tree(source: str, reading: Reading | None = None) -> list[Node]:
    """The blocks of a piece of clean HTML."""
    if not source.strip():
        return []
    root = html.fragment_fromstring(_UNPRINTABLE.sub("", source), create_parent="div")
    return list(_blocks(root, reading or Reading(), 0))


def fitted(blocks: Iterable[Node], *, under: int) -> list[Node]:
    """The same blocks with their headings below a level, none skipped."""
    blocks = list(blocks)
    highest = min((each["level"] for each in blocks if each["is"] == "heading"), default=1)
    last, done = under, list[Node]()
    for block in blocks:
        if block["is"] == "heading":
            last = min(block["level"] - highest + under + 1, last + 1, LOWEST_HEADING)
        done.append({**block, "level": last} if block["is"] == "heading" else block)
    return done


def paragraph(text: str) -> Node:
    """A paragraph of plain text."""
    return {"is": "paragraph", "in": [plain(text)]}


def heading(text: str, level: int) -> Node:
    """A heading of plain text."""
    return {"is": "heading", "level": level, "in": [plain(text)]}


def plain(text: str) -> str:
    """Text without letters that can't be printed."""
    return _UNPRINTABLE.sub("", text)


def _blocks(parent: html.HtmlElement, reading: Reading, depth: int) -> Iterator[Node]:
    """Blocks as they come; what stands between them in a line becomes a paragraph."""
    line: list[Any] = [_spaced(parent.text)]
    for child in parent:
        if _is_block(child):
            yield from _paragraph(line)
            line = []
            yield from _block(child, reading, depth)
        else:
            line += _inline(child, reading)
        line.append(_spaced(child.tail))
    yield from _paragraph(line)


def _is_block(child: html.HtmlElement) -> bool:
    return child.tag in _BLOCKS or (child.tag == "img")


def _paragraph(line: list[Any]) -> Iterator[Node]:
    line = trimmed(line)
    if line:
        yield {"is": "paragraph", "in": line}


def _block(element: html.HtmlElement, reading: Reading, depth: int) -> Iterator[Node]:
    if depth >= DEEPEST:
        yield from _paragraph([_spaced(element.text_content())])
    elif element.tag in _HEADINGS:
        yield from _heading(element, reading, depth)
    elif element.tag in _LISTS:
        yield from _list(element, reading, depth)
    elif element.tag == "table":
        yield from table(element, lambda cell: list(_blocks(cell, reading, depth + 1)))
    elif element.tag == "img":
        yield picture(element, reading)
    elif element.tag == "hr":
        yield {"is": "rule"}
    elif element.tag == "pre":
        yield {"is": "paragraph", "in": list(_lines(element.text_content()))}
    elif element.tag == "blockquote":
        yield {"is": "quote", "in": list(_blocks(element, reading, depth + 1))}
    else:
        yield from _blocks(element, reading, depth)


def _heading(element: html.HtmlElement, reading: Reading, depth: int) -> Iterator[Node]:
    """A heading; within a list or a table only a strong line, for there it would lead nowhere."""
    words = trimmed(_inlines(element, reading))
    if words and depth:
        yield {"is": "paragraph", "in": [{"is": "strong", "in": words}]}
    elif words:
        yield {"is": "heading", "level": _HEADINGS[element.tag], "in": words}


def _list(element: html.HtmlElement, reading: Reading, depth: int) -> Iterator[Node]:
    points = [list(_blocks(each, reading, depth + 1)) for each in element if each.tag == "li"]
    points = [each for each in points if each]
    if points:
        yield {"is": _LISTS[element.tag], "in": points, "start": _whole(element.get("start"), 1)}


def picture(element: html.HtmlElement, reading: Reading) -> Node:
    """A picture that is there, with its words; else the words alone."""
    words = _described(element, reading)
    file = reading.pictures.get(element.get("src") or "")
    if file is None:
        return {"is": "paragraph", "in": [{"is": "em", "in": [f"[{words}]"]}]}
    return {"is": "picture", "file": file, "alt": words}


def _described(element: html.HtmlElement, reading: Reading) -> str:
    return plain(" ".join((element.get("alt") or "").split())) or reading.undescribed


def _inlines(parent: html.HtmlElement, reading: Reading, depth: int = 0) -> list[Any]:
    line: list[Any] = [_spaced(parent.text)]
    for child in parent:
        line += _inline(child, reading, depth)
        line.append(_spaced(child.tail))
    return [each for each in line if each != ""]


def _inline(element: html.HtmlElement, reading: Reading, depth: int = 0) -> list[Any]:
    if not isinstance(element.tag, str):
        return []
    if element.tag == "br":
        return [{"is": "break"}]
    if element.tag == "img":  # among marked words; on its own it is a block
        return [{"is": "em", "in": [f"[{_described(element, reading)}]"]}]
    if depth >= DEEPEST:
        return [_spaced(element.text_content())]
    inner = _inlines(element, reading, depth + 1)
    if element.tag == "a" and _LINK.match(element.get("href") or "") and inner:
        return [{"is": "link", "to": element.get("href"), "in": inner}]
    return [{"is": _MARKS[element.tag], "in": inner}] if element.tag in _MARKS and inner else inner


def _lines(text: str) -> Iterator[Any]:
    """Text whose lines stay as they are."""
    for place, line in enumerate(text.strip("\n").splitlines()):
        if place:
            yield {"is": "break"}
        yield line.replace("  ", "\u00a0\u00a0")


def trimmed(line: list[Any]) -> list[Any]:
    """A line without the space at its ends; nothing, if it holds nothing else."""
    line = [each for each in line if each != ""]
    while line and isinstance(line[0], str) and not line[0].strip():
        line = line[1:]
    while line and (line[-1] == {"is": "break"} or (isinstance(line[-1], str) and not line[-1].strip())):
        line = line[:-1]
    return line


def _spaced(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
