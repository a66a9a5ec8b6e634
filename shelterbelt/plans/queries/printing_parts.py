"""Frozen parts of a plan become blocks to print, under the heads of the plan's divisions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from shelterbelt.plans.models import Section
from shelterbelt.plans.queries.composing import RECORD
from shelterbelt.plans.queries.drawings import PART as DRAWINGS
from shelterbelt.plans.queries.printing_drawings import drawing_blocks
from shelterbelt.plans.queries.printing_lists import goals, listed
from shelterbelt.ui.pdf.tree import Node, Reading, fitted, heading, tree

Part = Mapping[str, Any]
_DIVISION, _PART = 1, 2


def blocks(parts: Iterable[Part], reading: Reading) -> list[Node]:
    """All blocks, each division with its head, each part with its own."""
    done: list[Node] = []
    division: str = ""
    for part in parts:
        if part["kind"] != division:
            division = part["kind"]
            done += [{"is": "break"}, heading(_divisions()[division], _DIVISION)]
        done += _part(part, reading)
    return done


def in_their_order(parts: Iterable[Part], reading: Reading) -> list[Node]:
    """The parts as they come, each a head of its own: for what is carried and leafed through."""
    return [block for part in parts for block in _part(part, reading, level=_DIVISION)]


def _part(part: Part, reading: Reading, level: int = _PART) -> Iterator[Node]:
    yield heading(part["title"], level)
    yield from fitted(tree(part["html"], reading), under=level)
    if part["key"] == DRAWINGS:
        yield from drawing_blocks(part["facts"], level + 1)
    elif part["kind"] == RECORD:
        yield from listed(part["key"], part["facts"])
    else:
        yield from goals(part["facts"], level + 1)


def _divisions() -> dict[str, str]:
    return {
        Section.Kind.BASIC: _("Basic plan"),
        Section.Kind.FUNCTIONAL: _("Functional annexes"),
        Section.Kind.HAZARD: _("Threat- and hazard-specific annexes"),
        RECORD: _("Lists of the plan"),
    }
