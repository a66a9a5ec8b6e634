"""Brings a backup back into a PostgreSQL of one's own: into a new database beside, which then takes the name."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from shelterbelt.core import database, environment, processes
from shelterbelt.core.keeping import checking, counting, logical, restoring
from shelterbelt.core.keeping.contents import Contents
from shelterbelt.core.keeping.moments import Goal
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, saying_what_fails
from shelterbelt.core.keeping.restoring import Restored
from shelterbelt.core.keeping.sources import within

_QUERIES_ARE_HIDDEN = "select not has_function_privilege('public', 'pg_stat_get_activity(integer)', 'execute')"
Connection = psycopg.Connection[Any]
_OTHERS = (
    "select count(*) from pg_stat_activity where datname = %s and usesysid is not null and pid <> pg_backend_pid()"
)
_LOCALE = """select datlocprovider, datcollate, datctype, to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'
             from pg_database d where datname = %s"""


def require_place(*, replace: bool) -> None:
    """Refuse to put a database in the place of another unasked, or one that is in use."""
    with _administering() as (connection, name):
        if _is_in_use(connection, name):
            raise CannotKeep(f"The database {name} is in use. Stop Shelterbelt, then restore.")
        row = connection.execute("select rolcreatedb or rolsuper from pg_roles where rolname = current_user").fetchone()
        if not (row and row[0]):
            raise CannotKeep(
                "The login of DATABASE_URL may not make databases, so a backup can't be laid out beside the present "
                "one. As the server's administrator: alter role LOGIN createdb; it may be taken back afterwards."
            )
    with psycopg.connect(_own()) as connection:
        if counting.tables(connection) and not replace:
            raise CannotKeep(
                f"The database {name} has tables already. Add --replace to put the backup in its place; "
                "the database that is there now is kept beside it."
            )


def _is_in_use(connection: Connection, name: str) -> bool:
    """Whether others are connected, where we are allowed to ask; else the last step notices."""
    try:
        row = connection.execute(_OTHERS, [name]).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return False
    return bool(row and row[0])


def bring_back(goal: Goal, key: RecoveryKey, home: Path, *, without_secrets: bool, now: datetime) -> Restored:
    """Lay out, let it stand, look, and give it the name."""
    contents = restoring.check_first(goal, key, home)
    with restoring.at_work(home) as place, saying_what_fails("The backup could not be brought back", home):
        laid_out = restoring.lay_out_documents(goal, key, place)
        remarks = restoring.put_secrets(goal, key, home, without=without_secrets)
        dumped = place / "database.dump"
        with os.fdopen(os.open(dumped, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in checking.opened(goal.backup, "database", key):
                file.write(piece)
        with _beside() as name:
            rows = _fill(name, dumped, contents)
            _prepare(name)
            documents = restoring.put_documents(laid_out, home)
            remarks += _lines_to_repeat()
            former = _take_name(name, now)
    return Restored(str(goal), rows, documents, former, remarks)


def _own() -> str:
    return database.own_address()


@contextmanager
def _administering() -> Iterator[tuple[Connection, str]]:
    """A connection to the server beside the database, and the database's name."""
    name = str(conninfo_to_dict(_own()).get("dbname", database.NAME))
    try:
        with psycopg.connect(within(_own(), "postgres"), autocommit=True) as connection:
            yield connection, name
    except psycopg.OperationalError as error:
        raise CannotKeep(f"The database can't be reached: {str(error).strip().splitlines()[-1]}") from error


@contextmanager
def _beside() -> Iterator[str]:
    """A new database beside the present one, gone again if it doesn't come to stand. One that was left goes first."""
    with _administering() as (connection, present):
        name = f"{present[:40]}_restoring"
        drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        connection.execute(drop)
        connection.execute(_like(connection, present, name))
        try:
            yield name
        except BaseException:
            connection.execute(drop)
            raise


def _like(connection: Connection, present: str, name: str) -> sql.Composed:
    """Makes a database that sorts as the present one does."""
    row = connection.execute(_LOCALE, [present]).fetchone()
    made: sql.Composed = sql.SQL("create database {} template template0 encoding 'UTF8'").format(sql.Identifier(name))
    if row is None:
        return made
    provider, collate, ctype, locale, icu = row
    made += sql.SQL(" lc_collate {} lc_ctype {}").format(sql.Literal(collate), sql.Literal(ctype))
    if provider == "i":
        made += sql.SQL(" locale_provider icu icu_locale {}").format(sql.Literal(locale or icu))
    elif provider == "b":
        made += sql.SQL(" locale_provider builtin builtin_locale {}").format(sql.Literal(locale))
    return made


def _fill(name: str, dumped: Path, contents: Contents) -> int:
    address = within(_own(), name)
    database.prepare(home=environment.home() / "postgres")  # the roles
    with psycopg.connect(address) as connection:
        (owner,) = counting.the_row(connection, "select current_user")
    logical.load(dumped, address, former_owner=contents.owner, owner=str(owner))
    return _look(name, contents)


def _look(name: str, contents: Contents) -> int:
    """Compare, by the login that sees every row."""
    with psycopg.connect(within(database.address_for_backups(), name)) as connection:
        found = Contents(
            counting.rows_of_all(connection, digests=True), counting.migrations(connection), contents.owner
        )
    restoring.require_nothing_lost(contents, found)
    return found.rows


def _prepare(name: str) -> None:
    """Bring its tables up to date and tell it our keys, before it takes the name."""
    urls = {
        each: within(os.environ[each], name)
        for each in ("DATABASE_URL", *(f"DATABASE_{login.upper()}_URL" for login in database.ROLES))
        if os.environ.get(each)
    }
    told = {**os.environ, **urls, "SHELTERBELT_DEMONSTRATION": "false"}
    if subprocess.run(processes.command("prepare"), env=told, cwd=environment.ROOT, check=False).returncode:
        raise CannotKeep("The tables that were brought back could not be brought up to date; the lines above say why.")


def _lines_to_repeat() -> list[str]:
    """What the server's administrator did in the present database itself, and no dump carries over."""
    with psycopg.connect(_own()) as connection:
        (hidden,) = counting.the_row(connection, _QUERIES_ARE_HIDDEN)
    if not hidden:
        return []
    return [
        "As the server's administrator, run the lines about pg_stat_get_activity in it again: docs/how-to/install.md"
    ]


def _take_name(name: str, now: datetime) -> str:
    """Rename both in one transaction, so that the name always leads to a whole database."""
    with _administering() as (connection, present), connection.transaction():
        former = f"{present[:40]}_before_{now:%Y%m%d_%H%M%S}"
        rename = sql.SQL("alter database {} rename to {}")
        try:
            connection.execute(rename.format(sql.Identifier(present), sql.Identifier(former)))
            connection.execute(rename.format(sql.Identifier(name), sql.Identifier(present)))
        except psycopg.errors.ObjectInUse as error:
            raise CannotKeep(
                f"The database {present} came into use meanwhile. Stop Shelterbelt and restore again."
            ) from error
    return former
