"""Test databases: copied from a template that is migrated once for each state of the migrations, so a run starts fast.

Each test process has its own database, named after its process number; those of processes that died are dropped.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shelterbelt.core import database

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "test_shelterbelt_"
# What the tables and the rows that migrations write depend on.
GROUNDS = (
    "shelterbelt/*/migrations/**/*",
    "shelterbelt/access/operations.py",
    "shelterbelt/access/audit/triggers.py",
    "shelterbelt/core/database.py",
    "shelterbelt/settings.py",
    "requirements.lock",
)


def home() -> Path:
    """Where tests keep their own server, apart from the one that `make run` uses."""
    return Path(os.environ["SHELTERBELT_HOME"])


def administrator() -> dict[str, Any]:
    """How to reach the server with the right to make databases."""
    return dict(conninfo_to_dict(os.environ.get("DATABASE_URL", "") or database.embedded(home() / "postgres")))


def environment(name: str) -> dict[str, str]:
    """The environment variables with which a process serves the database `name`."""
    parts = administrator() | {"dbname": name}
    if os.environ.get("DATABASE_URL"):
        return {"DATABASE_URL": make_conninfo("", **parts)}
    urls = {
        f"DATABASE_{login.upper()}_URL": make_conninfo("", **(parts | {"user": role}))
        for login, role in database.ROLES.items()
    }
    # It is ours still, only already started: its secrets are made where they are missing.
    return {**urls, "SHELTERBELT_EMBEDDED_AT": "none"}


@contextmanager
def _connect() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(make_conninfo("", **administrator()), autocommit=True) as connection:
        yield connection


def create(name: str, *, template: str = "template0") -> None:
    """Make an empty database, or a copy of another."""
    statement = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    if not os.environ.get("DATABASE_URL"):
        statement += sql.SQL(" owner {}").format(sql.Identifier(database.ROLES["owner"]))
        if template == "template0":
            statement += sql.SQL(" encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'")
    with _connect() as connection:
        connection.execute(statement)


def drop(name: str) -> None:
    """Remove a database and whoever is connected to it."""
    with _connect() as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def drop_left_over() -> None:
    """Remove the databases of test processes that no longer live, and templates of earlier states."""
    with _connect() as connection:
        names = connection.execute("select datname from pg_database where datname like %s", [PREFIX + "%"])
        dead = [name for (name,) in names if not _is_wanted(name)]
        for name in dead:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _is_wanted(name: str) -> bool:
    owner = name.removeprefix(PREFIX).split("_")[0]
    return not owner.isdigit() or Path(f"/proc/{owner}").exists() or not Path("/proc").exists()


def fingerprint(*patterns: str) -> str:
    """A short name for the present state of the files that `patterns` match."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def template(*commands: list[str], grounds: tuple[str, ...] = GROUNDS) -> str:
    """The name of a database on which `migrate` and then `commands` have run, made if it isn't there yet."""
    name = f"{PREFIX}template_{fingerprint(*grounds)}" + "".join(f"_{command[0]}" for command in commands)
    with _connect() as connection:
        # One maker at a time, however many test runs start together.
        connection.execute("select pg_advisory_lock(hashtext('shelterbelt test template'))")
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            _make_template(connection, name, commands)
    return name


def _make_template(connection: psycopg.Connection[Any], name: str, commands: tuple[list[str], ...]) -> None:
    half = f"{PREFIX}{os.getpid()}_half"
    create(half)
    with psycopg.connect(make_conninfo("", **(administrator() | {"dbname": half})), autocommit=True) as inside:
        database.hide_queries(inside)
    for command in (["migrate", "--verbosity=0"], *commands):
        manage(half, *command, "--skip-checks", login="owner")
    connection.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(half), sql.Identifier(name)))


def manage(name: str, *arguments: str, login: str = "app") -> None:
    """Run a management command on the database `name` in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        check=True,
        cwd=ROOT,
        env=os.environ
        | environment(name)
        | {"SHELTERBELT_LOGIN": login, "DJANGO_SETTINGS_MODULE": "shelterbelt.settings", "PYTHONPATH": str(ROOT)},
    )
