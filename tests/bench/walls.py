"""What scope and row security cost: the very queries of two pages, inside the walls and around them.

Each page is opened once as the server opens it, and its reading queries are noted down. They are then run as the app
login in the reader's scope, and as a login that no row security binds, each time in a transaction of its own; the first
also pays for telling the database who acts. The state's page must cost less than 2.5 times the bare queries; the
school's page may cost 5 ms more than they do.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
import psycopg

from tests.bench.entering import Entered, enter
from tests.bench.state import TODAY
from tests.bench.timing import line, median_seconds

MOST_TIMES_BARE = 2.5
MOST_SECONDS_MORE = 0.005
RUNS = 41
READING = ("select", "with")
TELLING = ("set_config", "access_moment")
"""Parts of the statements that only tell the database who acts."""


class Noted:
    """Notes down the statements that read, with their values filled in."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        from django.db import connection

        words = str(sql).lstrip().lower()
        if words.startswith(READING) and not any(part in words for part in TELLING):
            self.statements.append(psycopg.ClientCursor(connection.connection).mogrify(sql, params))
        return execute(sql, params, many, context)


def noted(entered: Entered, address: str) -> list[str]:
    """The reading statements of a page that was opened before, so that its figures are kept."""
    from django.db import connection
    from django.test import Client

    client = Client(headers={"cookie": entered.cookie, "host": "localhost"})
    notes = Noted()
    for _ in range(2):
        if client.get(address).status_code != 200:
            raise RuntimeError(f"{address} answered {client.get(address).status_code}")
    with connection.execute_wrapper(notes):
        client.get(address)
    return notes.statements


def in_scope(entered: Entered, statements: list[str]) -> None:
    """As the app login, with the reader's eyes."""
    from django.db import connection

    from shelterbelt.access.scope import acting_as

    with acting_as(entered.person, today=TODAY):
        _run(connection.connection, statements)


def _run(connection: "psycopg.Connection[Any]", statements: list[str]) -> None:
    for statement in statements:
        connection.execute(statement).fetchall()


@contextmanager
def past_the_walls() -> Iterator["psycopg.Connection[Any]"]:
    """A connection that no row security binds: the server's administrator."""
    with psycopg.connect(os.environ["BENCH_ADMINISTRATOR"], cursor_factory=psycopg.ClientCursor) as connection:
        yield connection


def bare(connection: "psycopg.Connection[Any]", statements: list[str]) -> None:
    """The same statements without walls."""
    with connection.transaction():
        _run(connection, statements)


def main() -> int:
    """Print the figures."""
    django.setup()
    logging.disable(logging.INFO)  # a line for each request is of no use here
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.people.models import Appointment

    with acting_as_system("measures", today=TODAY, reason="bench"):
        held = Appointment.objects.current(TODAY).select_related("person", "org").order_by("pk")
        official = enter(held.filter(office="state_office")[0])
        principal = enter(held.filter(office="principal", org__kind="school")[0])
    with past_the_walls() as around:
        state, state_bare = _measured("the state's page", official, "/state/", around)
        school, school_bare = _measured("a school's page", principal, f"/schools/{principal.org}/", around)
    kept = state <= MOST_TIMES_BARE * state_bare and school - school_bare <= MOST_SECONDS_MORE
    print(
        f"the walls add {(school - school_bare) * 1000:.1f} ms to a school's page; aim {MOST_SECONDS_MORE * 1000:.0f} ms"
    )
    return 0 if kept else 1


def _measured(what: str, entered: Entered, address: str, around: "psycopg.Connection[Any]") -> tuple[float, float]:
    statements = noted(entered, address)
    limit = median_seconds(lambda: bare(around, statements), runs=RUNS)
    walled = median_seconds(lambda: in_scope(entered, statements), runs=RUNS)
    print(line(f"the {len(statements)} reading queries of {what}, in scope", walled, limit=limit))
    if os.environ.get("BENCH_EACH"):
        for statement in statements:
            _print_one(entered, statement, around)
    return walled, limit


def _print_one(entered: Entered, statement: str, around: "psycopg.Connection[Any]") -> None:
    limit, walled = (
        median_seconds(lambda: bare(around, [statement])), median_seconds(lambda: in_scope(entered, [statement]))
    )  # fmt: skip
    print(f"  {walled * 1000:7.2f} {limit * 1000:7.2f} ms  {' '.join(statement.split())[:150]}")


if __name__ == "__main__":
    raise SystemExit(main())
