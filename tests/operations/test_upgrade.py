"""The first landed version's database, with rows in it, becomes today's: no row is lost, and the walls stand.

Its tables are made by its own migrations, up to the last that it had; its rows lie in first_version.sql. Then comes what
every start does (`prepare`), as the login that owns the tables, whom row security binds too.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from shelterbelt.core import database
from tests import databases

FIRST = {
    "access": "0005_former_openings",
    "attestations": "0003_people_kept_closed",
    "auth": "0012_alter_user_first_name_max_length",
    "contenttypes": "0002_remove_content_type_name",
    "core": "0001_initial",
    "documents": "0002_walls",
    "drills": "0005_seendrill",
    "orgs": "0003_former_openings",
    "people": "0003_agencies_see_coordinators",
    "procrastinate": "0041_post_retry_failed_job",
    "sessions": "0001_initial",
}
"""The last migration of each room in the first landed version."""
GONE = {"django_session": "sessions are kept sealed in a table of people's; whoever was signed in signs in again"}
"""Tables whose rows need not survive, each with its reason."""
MOVED_BY_MIGRATIONS = {"auth_permission", "django_content_type", "django_migrations", "core_change"}
ROWS = Path(__file__).parent / "first_version.sql"
_BECOME_FIRST = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
MigrationExecutor(connection).migrate({targets!r})
"""
_PREPARE = "from shelterbelt.core import serving; serving.prepare()"
_LOOK = """
import django; django.setup()
from datetime import date
from shelterbelt.access.scope import acting_as
from shelterbelt.drills.models import Drill
from shelterbelt.people.models import Person
for email in {emails!r}:
    with acting_as({people!r}[email], today=date(2026, 11, 20)):
        print(email, Drill.objects.count())
"""
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def name() -> Iterator[str]:
    """A database as the first version left it."""
    database.prepare(home=databases.home() / "postgres")
    made = f"{databases.PREFIX}{os.getpid()}_upgrade"
    databases.create(made)
    run(made, _BECOME_FIRST.format(targets=sorted(FIRST.items())))
    with psycopg.connect(address(made)) as connection:
        connection.execute(ROWS.read_text(encoding="utf-8").encode())
    yield made
    databases.drop(made)


@pytest.fixture(scope="module")
def before(name: str) -> Rows:
    """Its rows, and then the upgrade."""
    found = all_rows(name)
    run(name, _PREPARE)
    return found


def address(name: str, **parts: str) -> str:
    """How the server's administrator, or another login, reaches a database."""
    return make_conninfo("", **(databases.administrator() | {"dbname": name} | parts))


def run(name: str, program: str, *, login: str = "owner") -> str:
    """Run a program in a process of its own, as one of the logins."""
    told = os.environ | databases.environment(name) | {
        "SHELTERBELT_LOGIN": login,
        "SHELTERBELT_DEMONSTRATION": "false",
        "DJANGO_SETTINGS_MODULE": "shelterbelt.settings",
        "PYTHONPATH": str(databases.ROOT),
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", program], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def all_rows(name: str, wanted: dict[str, list[str]] | None = None) -> Rows:
    """Columns and rows of every table, as text in the order of their first column; of some columns only, if named."""
    with psycopg.connect(address(name)) as connection:
        tables = [row[0] for row in connection.execute("select tablename from pg_tables where schemaname = 'public'")]
        found = {}
        for table in wanted or tables:
            columns = (wanted or {}).get(table) or _columns(connection, table)
            texts = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(column)) for column in columns)
            query = sql.SQL("select {} from {} order by 1").format(texts, sql.Identifier(table))
            found[table] = (columns, connection.execute(query).fetchall())
        return found


def _columns(connection: "psycopg.Connection[Any]", table: str) -> list[str]:
    query = """select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped
               order by attnum"""
    return [name for (name,) in connection.execute(query, [table])]


def test_the_first_version_had_rows_in_every_room(before: Rows) -> None:
    empty = {table for table, (_, rows) in before.items() if not rows}
    assert empty <= {
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "core_change",
        "django_content_type",
        "procrastinate_events",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
    }


def test_no_row_is_lost_or_changed(name: str, before: Rows) -> None:
    kept = set(before) - set(GONE) - MOVED_BY_MIGRATIONS
    after = all_rows(name, {table: before[table][0] for table in kept})
    for table in kept - {"access_auditentry"}:
        assert after[table] == before[table], table
    trail = set(after["access_auditentry"][1])
    assert set(before["access_auditentry"][1]) <= trail


def test_every_migration_of_today_has_run(name: str, before: Rows) -> None:
    assert run(name, _PREPARE) == ""  # a second time there is nothing to do
    with psycopg.connect(address(name)) as connection:
        done = {(app, migration) for app, migration in connection.execute("select app, name from django_migrations")}
    assert set(FIRST.items()) < done
    known = {(path.parents[1].name, path.stem) for path in databases.ROOT.glob("shelterbelt/*/migrations/0*.py")}
    assert known <= done


def test_it_is_the_same_as_a_database_made_today(name: str, before: Rows) -> None:
    from tests.operations.homes import state_of

    grown, new = state_of(address(name)), state_of(address(databases.template()))
    for what in ("policies", "row security", "grants", "columns", "functions", "triggers", "constraints", "indexes"):
        assert sorted({*grown[what]} ^ {*new[what]}) == [], what


def test_the_walls_stand(name: str, before: Rows) -> None:
    with psycopg.connect(address(name, user=database.ROLES["app"])) as app:
        for table in ("drills_drill", "people_person", "attestations_attestation", "documents_document"):
            assert app.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone() == (0,)
    with psycopg.connect(address(name)) as connection:
        people = dict(connection.execute("select email, id from people_person").fetchall())
        [(school, drills)] = connection.execute(
            "select org_id, (select count(*) from drills_drill d where d.school_id = a.org_id)"
            " from people_appointment a where id = 125"
        ).fetchall()
        [(total,)] = connection.execute("select count(*) from drills_drill").fetchall()
    ira, ada = "ira.kelburn@diocese-of-the-prairie-schools.example.org", "myron.rowholm@state.example.org"
    told = {ira: people[ira], ada: people[ada]}
    said = dict(
        line.split() for line in run(name, _LOOK.format(emails=[ira, ada], people=told), login="app").splitlines()
    )
    assert said == {ira: str(drills), ada: str(total)}
    assert 0 < drills < total
    assert school == 171
