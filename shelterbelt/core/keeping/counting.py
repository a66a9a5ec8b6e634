"""How many rows each table has, and a digest of them that doesn't depend on their order."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# How a value is written as text, on whatever server.
_SAME_TEXT = """
    set local timezone = 'UTC'; set local datestyle = 'ISO, MDY'; set local intervalstyle = 'postgres';
    set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8';
    set local search_path = public; set local row_security = off
"""
_COUNT = "select count(*), '' from {}"
_DIGEST = (
    "select count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0)::text from {} as t"
)
Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Rows:
    """The rows of one table."""

    count: int
    digest: str = ""


def the_row(connection: Connection, query: str) -> tuple[Any, ...]:
    """The one row that a question always has for an answer."""
    row = connection.execute(sql.SQL(query)).fetchone()
    if row is None:
        raise LookupError(query)
    return tuple(row)


def tables(connection: Connection) -> list[str]:
    """Every table of ours."""
    found = connection.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
    return [name for (name,) in found]


def rows_of_all(connection: Connection, *, digests: bool) -> dict[str, Rows]:
    """Rows of every table, in one transaction of a login that row security doesn't bind."""
    query = sql.SQL(_DIGEST if digests else _COUNT)
    with connection.transaction():
        connection.execute(_SAME_TEXT)
        counted = {}
        for table in tables(connection):
            row = connection.execute(query.format(sql.Identifier(table))).fetchone()
            counted[table] = Rows(*row) if row else Rows(0)
        return counted


def migrations(connection: Connection) -> list[str]:
    """Which migrations have run, as app.name."""
    if "django_migrations" not in tables(connection):
        return []
    return [f"{app}.{name}" for app, name in connection.execute("select app, name from django_migrations order by id")]
