"""The database that is backed up: reached by a login that row security doesn't bind, or the copy would have holes."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shelterbelt.core import database
from shelterbelt.core.keeping.refusing import CannotKeep

_FREE = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
_HOW = """\
The login that backups are read with may not see every row, so a backup would have holes. As the server's administrator:
  create role shelterbelt_backup login bypassrls password '...' in role pg_read_all_data;
then set DATABASE_BACKUP_URL to an address with that login."""


@dataclass(frozen=True)
class Source:
    """A database, and how its administrator reaches it."""

    address: str
    is_embedded: bool

    def connect(self) -> "psycopg.Connection[Any]":
        """A connection that sees every row."""
        try:
            connection = psycopg.connect(self.address)
        except psycopg.OperationalError as error:
            raise CannotKeep(f"The database can't be reached: {str(error).strip().splitlines()[-1]}") from error
        row = connection.execute(_FREE).fetchone()
        if not (row and row[0]):
            connection.close()
            raise CannotKeep(_HOW)
        connection.rollback()
        return connection


def source(home: Path) -> Source:
    """The database of this installation."""
    own = database.address_for_backups()
    if own:
        return Source(own, is_embedded=False)
    if not (home / "postgres/PG_VERSION").exists():
        raise CannotKeep(f"There is no database in {home / 'postgres'} yet, so there is nothing to back up.")
    try:
        address = database.embedded(home / "postgres")
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotKeep(f"The database could not be started; {home / 'postgres/log'} says why.") from error
    return Source(within(address, database.NAME), is_embedded=True)


def within(address: str, name: str) -> str:
    """The same server, another database."""
    return make_conninfo("", **(conninfo_to_dict(address) | {"dbname": name}))
