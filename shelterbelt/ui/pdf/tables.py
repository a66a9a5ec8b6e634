"""A table's cells, each at its place, so that no span of a hostile or mistaken table leaves the grid."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lxml import html

Inside = Callable[[html.HtmlElement], list[dict[str, Any]]]

MOST_COLUMNS = 40
MOST_ROWS = 2000


def table(element: html.HtmlElement, inside: Inside) -> Iterator[dict[str, Any]]:
    """The table, if it has a cell; rows of heads come first and stand again on each page."""
    rows = [row for row in element.iter("tr") if _owner(row) is element][:MOST_ROWS]
    heads = _heads(rows)
    cells = [*_placed(rows[:heads], inside, 0), *_placed(rows[heads:], inside, heads)]
    if cells:
        columns = max(cell["x"] + cell["across"] for cell in cells)
        yield {"is": "table", "columns": columns, "heads": heads, "cells": cells, "caption": _caption(element)}


def listing(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int] = (), caption: str = ""
) -> dict[str, Any]:
    """A table of plain text with one row of heads. `widths` are shares of the line."""
    cells = [
        {"x": x, "y": y, "across": 1, "down": 1, "head": not y, "in": [{"is": "paragraph", "in": [text]}]}
        for y, row in enumerate([heads, *rows])
        for x, text in enumerate(row)
    ]
    made = {"is": "table", "columns": len(heads), "heads": 1, "cells": cells, "caption": caption}
    return {**made, "widths": list(widths)} if widths else made


def _owner(row: html.HtmlElement) -> html.HtmlElement | None:
    return next(row.iterancestors("table"), None)


def _heads(rows: list[html.HtmlElement]) -> int:
    """How many rows at the top are heads: those in a head, or of head cells alone. Never all of them."""
    count = 0
    for row in rows[:-1]:
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if row.getparent().tag != "thead" and not (cells and all(cell.tag == "th" for cell in cells)):
            break
        count += 1
    return count


def _placed(rows: list[html.HtmlElement], inside: Inside, top: int) -> Iterator[dict[str, Any]]:
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in (each for each in row if each.tag in {"td", "th"}):
            while (x, y) in taken:
                x += 1
            if x >= MOST_COLUMNS:
                break
            across, down = _free(taken, x, y, _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y))
            taken |= {(x + dx, y + dy) for dx in range(across) for dy in range(down)}
            yield {"x": x, "y": top + y, "across": across, "down": down, "head": cell.tag == "th", "in": inside(cell)}
            x += across


def _free(taken: set[tuple[int, int]], x: int, y: int, across: int, down: int) -> tuple[int, int]:
    """How far a cell may reach before it meets another one or the edge."""
    across = min(across, MOST_COLUMNS - x)
    across = next((dx for dx in range(1, across) if (x + dx, y) in taken), across)
    clear = (dy for dy in range(1, down) if any((x + dx, y + dy) in taken for dx in range(across)))
    return across, next(clear, down)


def _span(cell: html.HtmlElement, name: str) -> int:
    text = cell.get(name) or "1"
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _caption(element: html.HtmlElement) -> str:
    caption = element.find("caption")
    return "" if caption is None else " ".join(caption.text_content().split())
