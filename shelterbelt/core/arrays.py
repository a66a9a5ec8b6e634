"""Columns of numbers that travel from PostgreSQL as one value each, and finding ids in them.

`array_send(array_agg(x::bigint))` gives PostgreSQL's binary form of an array; a million numbers are read in
milliseconds, where a million Python rows take seconds. Text travels as one string, split at a letter no name has.
"""

import struct
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

SEPARATOR = "\x1f"
_HEAD = struct.Struct(">iii")
"""Number of dimensions, whether there are nulls, type of the elements."""
_ROOM_PER_ID = 16
"""A table over all ids from the first to the last is made while it has at most so many places for each id."""


def integers(sent: bytes | None) -> Ints:
    """The numbers of `array_send(array_agg(x::bigint))`; none for null."""
    return _elements(sent, ">i8").astype(np.int64)


def floats(sent: bytes | None) -> Floats:
    """The numbers of `array_send(array_agg(x::float8))`; none for null."""
    return _elements(sent, ">f8").astype(np.float64)


def _elements(sent: bytes | None, kind: str) -> npt.NDArray[np.generic]:
    dimensions, nulls, _ = _HEAD.unpack_from(sent) if sent is not None else (0, 0, 0)
    if sent is None or not dimensions:
        return np.empty(0, dtype=kind)
    if nulls:
        raise ValueError("A column that travels as an array must have no nulls.")
    # Each element is its length and its value; the sizes of the one dimension stand before them.
    found = np.frombuffer(sent, dtype=np.dtype([("length", ">i4"), ("value", kind)]), offset=_HEAD.size + 8)
    return found["value"]


def words(joined: str | None) -> list[str]:
    """The texts of `string_agg(x, chr(31))`; none for null."""
    return [] if joined is None else joined.split(SEPARATOR)


class Lookup:
    """Finds numbers by id: each id's own, or what stands for an id that isn't there."""

    def __init__(self, ids: Ints, values: Ints, missing: int) -> None:
        """The last of several values of one id counts."""
        self._missing = missing
        self._first = int(ids.min()) if len(ids) else 0
        room = int(ids.max()) - self._first + 1 if len(ids) else 0
        self._is_table = room <= _ROOM_PER_ID * len(ids)
        if self._is_table:
            self._values = np.full(room + 1, missing, dtype=np.int64)
            self._values[ids - self._first] = values
        else:
            order = np.argsort(ids, kind="stable")
            self._ids, self._values = ids[order], values[order]

    def __call__(self, wanted: Ints) -> Ints:
        """The number of each id."""
        if self._is_table:
            return self._in_table(wanted)
        places = np.searchsorted(self._ids, wanted, side="right") - 1
        return np.where(self._ids[places] == wanted, self._values[places], self._missing)

    def _in_table(self, wanted: Ints) -> Ints:
        # The last place of the table stands for every id outside of it.
        last = len(self._values) - 1
        places = wanted - self._first
        return self._values[np.where((places >= 0) & (places < last), places, last)]


def different(numbers: Ints) -> Ints:
    """Each number once, in order; faster than np.unique where most differ."""
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def numbered(ids: Ints) -> tuple[Ints, Ints]:
    """The different ids in order, and the place among them of each; faster than np.unique where ids lie close."""
    first = int(ids.min()) if len(ids) else 0
    room = int(ids.max()) - first + 1 if len(ids) else 0
    if room > _ROOM_PER_ID * len(ids):
        return np.unique(ids, return_inverse=True)
    there = np.zeros(room, dtype=bool)
    there[ids - first] = True
    return np.flatnonzero(there) + first, (np.cumsum(there) - 1)[ids - first]
