"""Writes the invented state into the database: table by table with COPY, in one transaction, under audit."""

import hashlib
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
from django.db import connection, transaction
from psycopg import sql

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import entrance
from shelterbelt.demo.generators import generators, prepare
from shelterbelt.demo.ground import read_ground
from shelterbelt.demo.world import Ground, Rows, World, new_world
from shelterbelt.orgs.models import Identifier, Org

Tell = Callable[[str, int, float], None]
"""Told after each table: its name, rows, and seconds."""


def is_loaded() -> bool:
    """Whether this database holds the demonstration."""
    return Identifier.objects.filter(scheme="own", value=entrance.STATE, org__kind=Org.Kind.STATE).exists()


def invented(
    ground: Ground, *, size: float, years: int, seed: int, today: date, part: int = 0, parts: int = 1
) -> tuple[World, Iterator[Rows]]:
    """The state and its rows in the order in which they must be written, made as they are read."""
    world = new_world(ground, size=size, years=years, today=today, seed=seed, part=part, parts=parts)
    return world, _rows(world, seed)


def _rows(world: World, seed: int) -> Iterator[Rows]:
    for name, generate in generators().items():
        # Each generator has numbers of its own: a new room doesn't change what the others invent.
        key = [seed, zlib.crc32(name.encode())]
        yield from generate(world, np.random.default_rng(key if world.is_first else [*key, world.part]))


def _made_ahead(tables: Iterator[Rows]) -> Iterator[Rows]:
    """Make the next table's rows while the database is busy with the present ones."""
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(_next, tables)
        while (rows := following.result()) is not None:
            following = pool.submit(_next, tables)
            yield rows


def _next(tables: Iterator[Rows]) -> Rows | None:
    rows = next(tables, None)
    return None if rows is None else rows._replace(rows=list(rows.rows))


def load(*, size: float, years: int, seed: int, today: date, tell: Tell) -> Counter[str]:
    """Invent the state and write it, all or nothing; rows by table."""
    counts: Counter[str] = Counter()
    prepare()
    with transaction.atomic(), acting_as_system("demonstration", today=today, reason="load the demonstration"):
        ground = read_ground()
        world, tables = invented(ground, size=size, years=years, seed=seed, today=today)
        for rows in _made_ahead(tables):
            started = time.perf_counter()
            many = write(rows)
            counts[rows.table] += many
            tell(rows.table, many, time.perf_counter() - started)
        for table in ground.last_ids:
            _go_on_counting(table, world.used(table))
    analyze([*counts, "access_auditentry"])
    return counts


def write(rows: Rows) -> int:
    """Write rows into their table; how many.

    PostgreSQL doesn't COPY into a table under row security, so the rows pass through a table of this session's own.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, rows.columns))
    table = sql.Identifier(rows.table)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("create temporary table arriving on commit drop as select {} from {} limit 0").format(names, table)
        )
        many = copy(rows, into="arriving")
        cursor.execute(sql.SQL("insert into {} ({}) select {} from arriving").format(table, names, names))
        cursor.execute("drop table arriving")
    return many


def copy(rows: Rows, *, into: str) -> int:
    """Write rows into a table of the same columns with COPY; how many."""
    many = 0
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(into), sql.SQL(", ").join(map(sql.Identifier, rows.columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows.rows:
            stream.write_row(row)
            many += 1
    return many


def _go_on_counting(table: str, used: int) -> None:
    """New rows get numbers after those given here. Only its owner may set a sequence; whoever writes draws from it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(nextval(pg_get_serial_sequence(%s, 'id'))) from generate_series(1, %s)", [table, used]
        )


def analyze(tables: Iterable[str], *, vacuum: bool = False) -> None:
    """Tell the planner about the new rows. Only the tables' owner may; for others PostgreSQL passes over it."""
    statement = sql.SQL("vacuum (analyze) {}" if vacuum else "analyze {}")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(statement.format(sql.Identifier(table)))


def digest(tables: Iterable[Rows]) -> str:
    """A short name for exactly these rows. What is sealed differs each time; how long it is doesn't."""
    found = hashlib.sha256()
    for rows in tables:
        found.update(rows.table.encode())
        for row in rows.rows:
            found.update(repr([len(each) if isinstance(each, bytes) else each for each in row]).encode())
    return found.hexdigest()
