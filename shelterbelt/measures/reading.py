"""Runs the lazy sets that definitions give, as arrays of ids: one short query each."""

from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from shelterbelt.measures.rules import Ints

NO_UNITS: Ints = np.array([], dtype=np.int64)


def read_units(units: QuerySet[Any, Any]) -> tuple[Ints, Ints]:
    """The ids of a set of units and their levels of verification."""
    ids, levels = _columns(units, "array_agg(unit)", "array_agg(verified)")
    return _array(ids), _array(levels)


def read_pairs(rows: QuerySet[Any, Any], left: str, right: str) -> tuple[Ints, Ints]:
    """Two columns of ids, side by side."""
    lefts, rights = _columns(rows.values(left, right), f"array_agg({left})", f"array_agg({right})")
    return _array(lefts), _array(rights)


def read_amounts(amounts: QuerySet[Any, Any]) -> list[tuple[int, float]]:
    """Each organisation's number."""
    ids, numbers = _columns(amounts, "array_agg(unit)", "array_agg(n::float8)")
    return list(zip(ids or [], numbers or [], strict=True))


def _array(numbers: list[int] | None) -> Ints:
    return np.array(numbers or [], dtype=np.int64)


def _columns(found: QuerySet[Any, Any], *wanted: str) -> tuple[Any, ...]:
    # Arrays instead of rows: thousands of ids cost one value each, not one Python tuple each.
    try:
        sql, params = found.order_by().query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return (None,) * len(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(wanted)} from ({sql}) as found", params)
        return tuple(cursor.fetchone())
