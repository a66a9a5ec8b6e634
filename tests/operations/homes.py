"""Installations of their own for tests: a home folder, commands run in it, and a look into its database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from shelterbelt.core import database, embedded
from shelterbelt.core.keeping import counting
from shelterbelt.core.keeping.sources import within
from tests.databases import ROOT

# How the walls are built: all that must be the same after a restore, besides the rows.
_WALLS = {
    "policies": "select * from pg_policies where schemaname = 'public'",
    "row security": "select relname, relrowsecurity, relforcerowsecurity from pg_class c"
    " where relnamespace = 'public'::regnamespace and relkind = 'r'",
    "grants": "select relname, relkind, acl.grantee::regrole::text, acl.privilege_type from pg_class c,"
    " aclexplode(relacl) acl where relnamespace = 'public'::regnamespace and acl.grantee <> c.relowner",
    "columns": "select attrelid::regclass::text, attname, acl.grantee::regrole::text, acl.privilege_type"
    " from pg_attribute a, aclexplode(attacl) acl where attrelid::regclass::text !~ '^pg_'",
    "functions": "select proname, pg_get_functiondef(oid), coalesce(proacl, acldefault('f', proowner))::text from pg_proc p"
    " where pronamespace = 'public'::regnamespace"
    " and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')",
    "triggers": "select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled from pg_trigger"
    " where not tgisinternal",
    "constraints": "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
    " where connamespace = 'public'::regnamespace",
    "indexes": "select indexname, indexdef from pg_indexes where schemaname = 'public'",
    "sequences": "select sequencename, last_value from pg_sequences"
    " where schemaname = 'public' and sequencename not like 'access_scopekey%'",
    "owners": "select relname, relowner::regrole::text from pg_class where relnamespace = 'public'::regnamespace",
    "defaults": "select defaclrole::regrole::text, defaclobjtype::text, defaclacl::text from pg_default_acl",
}


def state_of(address: str) -> dict[str, Any]:
    """Every row of every table as digests, and every wall."""
    with psycopg.connect(address) as connection:
        rows = counting.rows_of_all(connection, digests=True)
        walls = {name: sorted(map(str, connection.execute(query))) for name, query in _WALLS.items()}  # type: ignore[arg-type]
    return {"rows": rows, **walls}


@dataclass(frozen=True)
class Home:
    """An installation."""

    path: Path
    more: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        """Its own settings and nobody else's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHELTERBELT_", "DATABASE_"))}
        # The tips' keys are in no backup: an office keeps them apart, and brings them along.
        told = {"SHELTERBELT_HOME": str(self.path), "SHELTERBELT_TIP_KEYS": str(self.path.parent / "tip-keys")}
        return kept | told | {"PYTHONPATH": str(ROOT)} | dict(self.more)

    def start(self, *words: str, room: int | None = None) -> "subprocess.Popen[str]":
        """Start a command; `room` is the largest file it can write, as on a full disk."""
        limited = ["prlimit", f"--fsize={room}"] if room else []
        return subprocess.Popen(
            [*limited, sys.executable, "-m", "shelterbelt", *words],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def says(self, *words: str, room: int | None = None) -> tuple[int, str]:
        """Run a command: its status, and what it says."""
        process = self.start(*words, room=room)
        said, _ = process.communicate(timeout=180)
        return process.returncode, said

    def does(self, *words: str) -> str:
        """Run a command that has to succeed."""
        status, said = self.says(*words)
        assert status == 0, said
        return said

    def refuses(self, *words: str, room: int | None = None) -> str:
        """Run a command that has to be refused with a sentence, not a traceback."""
        status, said = self.says(*words, room=room)
        assert status == 1, said
        assert "Traceback" not in said, said
        return said

    @contextmanager
    def database(self) -> Iterator[str]:
        """The administrator's address of its embedded database, while a block runs."""
        server = embedded.serve(self.path / "postgres")
        try:
            yield within(str(server.get_uri()), database.NAME)
        finally:
            server._cleanup()

    def state(self) -> dict[str, Any]:
        """Its rows and walls."""
        with self.database() as address:
            return state_of(address)

    def files(self) -> dict[str, bytes]:
        """Its documents."""
        return {path.name: path.read_bytes() for path in (self.path / "files").glob("??/??/*")}


def run_sql(address: str, *statements: str) -> None:
    """Run statements as the administrator, each for itself."""
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]
