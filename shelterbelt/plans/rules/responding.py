"""How the lists of a frozen plan read as tables, and what a text says where it shows a picture."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PICTURE = re.compile(r'<img src="/documents/[0-9a-f-]{36}/"(?: alt="([^"]*)")?\s*/?>')
_NO_PHONE = re.compile(r"[^0-9+]")

COLUMNS: dict[str, tuple[str, ...]] = {
    "contacts": ("kind", "name", "organization", "phone", "after_hours", "checked_on"),
    "roles": ("title", "holder", "first_deputy", "second_deputy", "phone"),
    "places": ("kind", "name", "where", "capacity", "note"),
    "actions": ("name", "call", "students", "adults"),
    "team": ("name", "title", "organization"),
    "drawings": ("title", "alt"),
    "hazards": ("name", "probability", "magnitude", "warning", "duration", "priority"),
}
"""Which facts of a list are shown, in this order."""
NUMBERS = ("phone", "after_hours")
FIRST = ("contacts", "roles", "places", "actions")
"""What a responder looks for first; the rest follows as the plan has it."""


@dataclass(frozen=True)
class Cell:
    """What stands in a table, and the number that it calls."""

    text: str
    calls: str = ""
    head: str = ""
    """What stands over it, told beside it on a phone."""


def columns(key: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The names of the facts shown; those of the first row for a list that isn't known here."""
    return COLUMNS.get(key) or (tuple(rows[0]) if rows else ())


def cells(names: Sequence[str], row: Mapping[str, Any], words: Mapping[str, str]) -> list[Cell]:
    """A row of the table. `words` says what kinds are called."""
    return [_cell(name, row.get(name), words) for name in names]


def _cell(name: str, value: object, words: Mapping[str, str]) -> Cell:
    if isinstance(value, list):
        return Cell(" · ".join(map(str, value)))
    text = "" if value is None else str(value)
    if name in NUMBERS and text:
        return Cell(text, _NO_PHONE.sub("", text))
    return Cell(words.get(text, text) if name == "kind" else text)


def in_words(html: str, picture: str) -> str:
    """A clean text in which pictures are told in words: `picture` holds a place for what each shows."""
    return _PICTURE.sub(lambda found: f"<em>{picture % (found[1] or '–')}</em>", html)


def in_order(keys: Sequence[str]) -> list[str]:
    """What is looked for first comes first."""
    return sorted(keys, key=lambda key: (FIRST.index(key) if key in FIRST else len(FIRST), keys.index(key)))
