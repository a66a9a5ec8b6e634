"""A PDF by pdfminer.six: its text, with headings told by size, boldness and numbers."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from shelterbelt.plans.incoming.reading.headings import level_of, may_be
from shelterbelt.plans.incoming.reading.parts import Block, Lost, Read, split
from shelterbelt.plans.incoming.reading.pdf_lines import Line, lines_of, size_of_text

_LARGER = 1.12
"""How much larger than the text a heading is at least."""
_SIGN = re.compile(r"\A(?:[•●▪■◦‣∙·\uf0b7\uf0a7o–-]\s+|(?P<number>\d{1,3})[.)]\s+)(?=\S)")
_CUT = re.compile(r"(?<=[a-z])-\Z")


def read(content: bytes) -> Read:
    """The file, part by part."""
    found = lines_of(content)
    parts = split(list(_blocks(found.lines)))
    lost = {Lost.PICTURES: found.pictures, Lost.MARGINS: found.margins, Lost.PAGES: found.without_text}
    return Read(parts, [], {name.value: many for name, many in lost.items() if many})


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Headings, and what stands between them."""
    usual = size_of_text(list(lines))
    levels = _levels(lines, usual)
    for key, group in groupby(lines, key=lambda line: _look(line, usual)):
        together = list(group)
        if key is None:
            yield from _passage(together)
        else:
            yield from _headings(together, levels)


def _look(line: Line, usual: float) -> tuple[float, bool] | None:
    """How a heading looks; None for a line that is none."""
    if not may_be(line.text):
        return None
    stands_out = line.size >= usual * _LARGER or line.is_bold
    is_numbered = level_of(line.text) > 0 and line.text.upper() == line.text
    return (line.size, line.is_bold) if stands_out or is_numbered else None


def _levels(lines: Sequence[Line], usual: float) -> dict[tuple[float, bool], int]:
    """Larger is higher; of the same size, bold is higher. No more than four levels."""
    looks = {look for line in lines if (look := _look(line, usual))}
    return {look: min(number, 4) for number, look in enumerate(sorted(looks, reverse=True), 1)}


def _headings(lines: Sequence[Line], levels: dict[tuple[float, bool], int]) -> Iterator[Block]:
    """A heading over several lines of one box is one, unless each has a number."""
    words: list[str] = []
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        words.append(line.text)
        goes_on = after is not None and (after.page, after.box) == (line.page, line.box) and not level_of(after.text)
        if not goes_on:
            text = " ".join(words)
            words = []
            yield Block("", text, _level(text, levels[line.size, line.is_bold]))


def _level(text: str, by_look: int) -> int:
    """A number with dots says how deep a heading is; otherwise its look does."""
    by_number = level_of(text)
    return max(by_look, by_number) if by_number else by_look


def _passage(lines: Sequence[Line]) -> Iterator[Block]:
    """Paragraphs, one for each box; lines with a sign in front are entries of a list."""
    for _box, group in groupby(lines, key=lambda line: (line.page, line.box)):
        yield from _box_of(list(group))


def _box_of(lines: Sequence[Line]) -> Iterator[Block]:
    texts: list[list[str]] = []
    for line in lines:
        if _SIGN.match(line.text) or not texts:
            texts.append([line.text])
        else:
            texts[-1].append(line.text)
    for number, entries in groupby((_joined(text) for text in texts), key=_kind):
        yield _listed(number, list(entries))


def _kind(text: str) -> str:
    """What a line begins: an entry of a list, of one with numbers, or a paragraph."""
    sign = _SIGN.match(text)
    return "" if not sign else "ol" if sign["number"] else "ul"


def _listed(kind: str, texts: Sequence[str]) -> Block:
    words = " ".join(texts)
    if not kind:
        return Block("".join(f"<p>{escape(text, quote=False)}</p>" for text in texts), words)
    first = _SIGN.match(texts[0])
    start = f' start="{first["number"]}"' if kind == "ol" and first else ""
    items = "".join(f"<li>{escape(_SIGN.sub('', text), quote=False)}</li>" for text in texts)
    return Block(f"<{kind}{start}>{items}</{kind}>", words)


def _joined(lines: Sequence[str]) -> str:
    """Lines as one, words that were cut put together."""
    text = lines[0]
    for line in lines[1:]:
        text = _CUT.sub("", text) + line if _CUT.search(text) and line[:1].islower() else f"{text} {line}"
    return text
