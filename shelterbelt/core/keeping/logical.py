"""The database as PostgreSQL describes it (a dump): fits any server of its version or newer, ends at one moment."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from shelterbelt.core.keeping import counting, programs
from shelterbelt.core.keeping.physical import Sink
from shelterbelt.core.keeping.sources import Source

# The lines of a dump that name roles. Only these are rewritten when the owner has another name here.
_NAMES_ROLES = re.compile(rb"(CREATE POLICY|ALTER DEFAULT PRIVILEGES|GRANT|REVOKE) ")
_BEGINS_ROWS = re.compile(rb"COPY .* FROM stdin;\n")
# Newer programs write it for older servers too, which don't know it.
_ONLY_SINCE_17 = b"SET transaction_timeout = 0;\n"
_FAILING = "The database could not be written"


@contextmanager
def one_moment(source: Source) -> Iterator[tuple["psycopg.Connection[Any]", str]]:
    """A connection that sees the database as it is now, and the name under which others see the same."""
    with source.connect() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        (snapshot,) = counting.the_row(connection, "select pg_export_snapshot()")
        yield connection, str(snapshot)


def dump(source: Source, version: int, snapshot: str, out: Sink) -> None:
    """Write the whole database out, as it was at the snapshot."""
    program = programs.for_server("pg_dump", version)
    where, environment = programs.reaching(source.address)
    command = [program, *where, "--format=custom", "--compress=none", "--no-owner", f"--snapshot={snapshot}"]
    with programs.reading(command, environment=environment, failing="The database could not be read") as dumped:
        while chunk := dumped.read(programs.CHUNK):
            out.write(chunk)


def load(dumped: Path, address: str, *, former_owner: str, owner: str) -> None:
    """Write a dump into an empty database as its owner: all of it or nothing."""
    with psycopg.connect(address) as connection:
        version = connection.info.server_version // 10000
    where, environment = programs.reaching(address)
    told = [programs.for_server("psql", version), *where, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
            "--single-transaction", "--file=-"]  # fmt: skip
    read = [programs.newest("pg_restore"), "--no-owner", "--exit-on-error", "--file=-", dumped]
    with (
        programs.writing(told, environment=environment, failing=_FAILING) as into,
        programs.reading(read, environment=dict(os.environ), failing=_FAILING) as lines,
    ):
        into.write(b"set role " + _quoted(owner) + b";\n")
        for line in _fitting(lines, version, (_quoted(former_owner), _quoted(owner))):
            into.write(line)


def _fitting(lines: Iterable[bytes], version: int, owners: tuple[bytes, bytes]) -> Iterator[bytes]:
    """The lines of a dump, with the owner's name here, and without what the server is too old for."""
    in_rows = False
    former = re.compile(rb"(?<![\w\"])" + re.escape(owners[0].strip(b'"')) + rb"(?![\w\"])|" + re.escape(owners[0]))
    for line in lines:
        if in_rows:
            in_rows = line != b"\\.\n"
        elif _BEGINS_ROWS.fullmatch(line):
            in_rows = True
        elif _NAMES_ROLES.match(line):
            if b" pg_catalog." in line:
                continue  # of the server's own functions: the administrator's business, see database.hide_queries()
            yield former.sub(lambda _: owners[1], line)
            continue
        elif line == _ONLY_SINCE_17 and version < 17:
            continue
        yield line


def _quoted(role: str) -> bytes:
    return b'"' + role.replace('"', '""').encode() + b'"'


def check(pieces: Iterable[bytes]) -> int:
    """Read a dump to its end without writing it anywhere; its size."""
    listing = [programs.newest("pg_restore"), "--file=/dev/null"]
    failing = "The dump in the backup can't be read"
    with programs.writing(listing, environment=dict(os.environ), failing=failing) as into:
        return sum(into.write(piece) for piece in pieces)
