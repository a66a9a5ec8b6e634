"""Reads rows as PostgreSQL writes them, `(17,fire,2026-03-03)`, with the names of their columns."""

import hashlib
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

Columns = tuple[tuple[str, int], ...]
"""Names and types (PostgreSQL's numbers for them), in order."""
CLOSED = 0
"""Stands for the type of a column that is never kept in clear."""

_FIELD = re.compile(r'(?<=[(,])(?:"((?:[^"\\]|""|\\.)*)"|([^",()\\]*))([,)])', re.DOTALL)
_DOUBLED = re.compile(r'""|\\(.)', re.DOTALL)
_READ: dict[int, Callable[[str], Any]] = {
    16: lambda text: text in {"t", "true"},  # bool, in a row and by itself
    20: int,
    21: int,
    23: int,
    700: float,
    701: float,
    1700: Decimal,
    114: json.loads,
    3802: json.loads,
}
_known: dict[int, Columns] = {}


def columns(number: int | None, look_up: Callable[[int], str]) -> Columns:
    """The columns under a shape's number. They never change, so each is looked up once in a process."""
    if number is None:
        return ()
    if number not in _known:
        _known[number] = named(look_up(number))
    return _known[number]


def named(words: str) -> Columns:
    """The columns that a shape says."""
    pairs = (each.rsplit(":", 1) for each in words.split(","))
    return tuple((name, int(kind)) for name, kind in pairs)


def said(shape: Columns) -> str:
    """The columns as a shape says them."""
    return ",".join(f"{name}:{kind}" for name, kind in shape)


def number_of(thing: str, words: str) -> int:
    """The number that a shape must have: the first 64 bits of a digest of its names."""
    return int.from_bytes(hashlib.sha256(f"{thing} {words}".encode()).digest()[:8], "big", signed=True)


def fields(row: str) -> list[str | None]:
    """The values of a row as text; None where there is none."""
    values: list[str | None] = []
    place = 1
    while place < len(row):
        found = _FIELD.match(row, place)
        if found is None:
            raise ValueError("This is no row as PostgreSQL writes one.")
        quoted, plain, _end = found.groups()
        values.append((plain or None) if quoted is None else _DOUBLED.sub(lambda each: each[1] or '"', quoted))
        place = found.end()
    return values


def read(row: str, shape: Columns) -> dict[str, Any]:
    """The row by column, numbers and yes-or-no as such, days and moments as text; without closed columns."""
    values = fields(row)
    if len(values) != len(shape):
        raise ValueError("The row doesn't have the columns its shape names.")
    return {name: _value(value, kind) for (name, kind), value in zip(shape, values, strict=True) if kind != CLOSED}


def differences(changed: str, shape: Columns) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns that changed, before and afterwards, from `name=3:old>5:newer;`."""
    kinds = dict(shape)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    place = 0
    while place < len(changed):
        equals = changed.index("=", place)
        name = changed[place:equals]
        old, place = _measured(changed, equals + 1, ">")
        new, place = _measured(changed, place, ";")
        before[name] = _value(old, kinds[name])
        after[name] = _value(new, kinds[name])
    return before, after


def _measured(text: str, place: int, end: str) -> tuple[str | None, int]:
    """A value written with its length, and the place behind its end."""
    if text[place] == "-":
        value, place = None, place + 1
    else:
        colon = text.index(":", place)
        stop = colon + 1 + int(text[place:colon])
        value, place = text[colon + 1 : stop], stop
    if text[place] != end:
        raise ValueError("These are no differences as the trail writes them.")
    return value, place + 1


def _value(text: str | None, kind: int) -> Any:
    return None if text is None else _READ.get(kind, str)(text)
