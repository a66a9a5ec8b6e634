"""Lays tables open for a load of millions of rows, and closes them again before anybody else sees them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection


class _Taken(NamedTuple):
    """What was taken off a table: how it went, and how it comes back."""

    off: str
    back: str


_FORCED = "select relname from pg_class where oid = any (%s::regclass[]) and relforcerowsecurity"
_INDEXES = """
select format('drop index %%I', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
from pg_index i where i.indrelid = any (%s::regclass[])
  and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
order by i.indexrelid
"""
_CONSTRAINTS = """
select format('alter table %%s drop constraint %%I', conrelid::regclass, conname),
       format('alter table %%s add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint where conrelid = any (%s::regclass[]) and contype::text = any (%s) order by oid
"""


@contextmanager
def laid_open(tables: Sequence[str]) -> Iterator[None]:
    """Take triggers, forced row security, foreign keys and all indexes but the primary keys' off; put them back after.

    Inside one transaction that locks the tables: nobody else ever sees them open, and after an error the rollback
    closes them. Foreign keys, unique rules and exclusions are checked as they come back, over all rows at once.
    """
    names = list(tables)
    # Pending checks of earlier rows would stand in the way of altering their tables.
    _run("set constraints all immediate")
    _run("set local maintenance_work_mem = '512MB'")
    forced = [name for (name,) in _asked(_FORCED, [names])]
    keys = _taken(_CONSTRAINTS, [names, ["f"]])
    rules = _taken(_CONSTRAINTS, [names, ["u", "x"]]) + _taken(_INDEXES, [names])
    for name in forced:
        _run(f"alter table {name} no force row level security, disable trigger user")
    for taken in (*keys, *rules):
        _run(taken.off)
    yield
    for taken in (*rules, *keys):
        _run(taken.back)
    for name in forced:
        _run(f"alter table {name} enable trigger user, force row level security")
    _run("insert into core_change (topic) select distinct topic from core_change union select 'orgs'")


def _taken(query: str, parameters: list[list[str]]) -> list[_Taken]:
    return [_Taken(*row) for row in _asked(query, parameters)]


def _asked(query: str, parameters: list[list[str]]) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows: list[tuple[str, ...]] = cursor.fetchall()
        return rows


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
