"""Reads the lazy sets that definitions give, as arrays of ids: one pass over the attestations, one over the drills."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from shelterbelt.core.arrays import Floats, Ints, floats, integers
from shelterbelt.measures.passes import drilled_at_once, said_at_once
from shelterbelt.measures.sets import Among, AnyOf, Drilled, Said, Units, Without, parts_of

Found: TypeAlias = tuple[Ints, Ints]
"""Ids, and beside each its level of verification; an id may stand there more than once."""
NO_UNITS: Ints = np.array([], dtype=np.int64)
D = TypeVar("D", bound=Said | Drilled)


def read_units(units: Units) -> Found:
    """The ids of a set of units and their levels of verification."""
    return read_together([units])[0]


def read_together(wanted: Sequence[Units]) -> list[Found]:
    """Several sets; those that look at the same records of one year are read in one pass."""
    parts = list(parts_of(*wanted))
    found: dict[int, Found] = {}
    for said in _by_ground(Said, parts):
        found |= said_at_once(said)
    for drilled in _by_ground(Drilled, parts):
        found |= drilled_at_once(drilled)
    for each in parts:
        if isinstance(each, QuerySet):
            found[id(each)] = _rows(each)
    return [_evaluated(each, found) for each in wanted]


def _by_ground(kind: type[D], parts: Iterable[Units]) -> Iterable[list[D]]:
    """Sets of one kind, together if they ask about the same year as of the same days."""
    grounds: dict[Hashable, list[D]] = defaultdict(list)
    for each in parts:
        if isinstance(each, kind):
            grounds[each.asked.year, each.asked.on, each.asked.known_on].append(each)
    return grounds.values()


def _evaluated(units: Units, found: dict[int, Found]) -> Found:
    match units:
        case Among(chosen, others):
            ids, levels = _evaluated(chosen, found)
            here = np.ones(len(ids), dtype=bool)
            for other in others:
                here &= np.isin(ids, _evaluated(other, found)[0])
            return ids[here], levels[here]
        case Without(chosen, others):
            ids, levels = _evaluated(chosen, found)
            gone = [NO_UNITS, *(_evaluated(other, found)[0] for other in others)]
            here = ~np.isin(ids, np.concatenate(gone))
            return ids[here], levels[here]
        case AnyOf(sets):
            both = [(NO_UNITS, NO_UNITS), *(_evaluated(each, found) for each in sets)]
            return np.concatenate([ids for ids, _ in both]), np.concatenate([levels for _, levels in both])
        case _:
            return found[id(units)]


def _rows(units: QuerySet[Any, Any]) -> Found:
    ids, levels = _columns(units, unit=integers, verified=integers)
    return ids, levels


def read_columns(rows: QuerySet[Any, Any]) -> list[Ints]:
    """The columns of numbers that `values` of these rows names, side by side."""
    names = (*rows.query.values_select, *rows.query.annotation_select)
    return _columns(rows, **dict.fromkeys(names, integers))


def read_amounts(amounts: QuerySet[Any, Any]) -> tuple[Ints, Floats]:
    """Organisations, and each one's number."""
    ids, numbers = _columns(amounts, unit=integers, n=floats)
    return ids, numbers


def _columns(found: QuerySet[Any, Any], **wanted: Callable[[bytes | None], Any]) -> list[Any]:
    """Columns as arrays: thousands of ids cost one value each, not one Python tuple each."""
    try:
        sql, params = found.order_by().query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return [read(None) for read in wanted.values()]
    kinds: dict[Callable[[bytes | None], Any], str] = {integers: "bigint", floats: "float8"}
    columns = ", ".join(f"array_send(array_agg({name}::{kinds[read]}))" for name, read in wanted.items())
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns} from ({sql}) as found", params)
        return [read(sent) for read, sent in zip(wanted.values(), cursor.fetchone(), strict=True)]
