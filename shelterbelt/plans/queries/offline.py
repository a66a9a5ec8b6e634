"""Frozen parts as a page shows them: clean text as it is, and lists as tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from shelterbelt.plans.queries.composing import RECORD
from shelterbelt.plans.queries.drawings import PART as DRAWINGS
from shelterbelt.plans.queries.printing_lists import goals, listed
from shelterbelt.ui.pdf.tree import Node

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Readable:
    """A part of a plan for the eye: its text, then what it lists."""

    key: str
    title: str
    text: SafeString
    blocks: tuple[dict[str, Any], ...]


def readable(parts: Iterable[Part]) -> list[Readable]:
    """All parts but the drawings, which a page shows by themselves."""
    return [_readable(part) for part in parts if part["key"] != DRAWINGS]


def _readable(part: Part) -> Readable:
    nodes = listed(part["key"], part["facts"]) if part["kind"] == RECORD else goals(part["facts"], 3)
    text = mark_safe(part["html"])  # noqa: S308  clean since it was saved, frozen since it was reviewed
    return Readable(part["key"], part["title"], text, tuple(_blocks(nodes)))


def _blocks(nodes: Iterable[Node]) -> Iterator[dict[str, Any]]:
    """The few kinds of blocks that lists are made of, in words a template can ask."""
    for node in nodes:
        if node["is"] == "table":
            yield {"table": _rows(node)}
        elif node["is"] == "bullets":
            yield {"points": [_words(point[0]["in"]) for point in node["in"]]}
        else:
            yield {"heading" if node["is"] == "heading" else "line": _words(node["in"])}


def _rows(node: Node) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in node["cells"]:
        rows.setdefault(cell["y"], []).append(_words(cell["in"][0]["in"]))
    return [rows[y] for y in sorted(rows)]


def _words(pieces: Iterable[Any]) -> str:
    return "".join(piece if isinstance(piece, str) else _words(piece["in"]) for piece in pieces)
