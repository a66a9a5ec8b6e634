"""The rehearsal: an installation with rows in every room is backed up, lost and brought back, and compared.

One story, because each step needs the one before: a server of its own, moved to the embedded one by a dump; base backup,
log and moments there; and back to a server of its own.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from shelterbelt.core import database
from shelterbelt.core.keeping import archive
from shelterbelt.core.keeping.backups import Backups
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.storage import FolderStore
from tests import databases
from tests.journeys import site
from tests.operations.homes import Home, run_sql, state_of

State = dict[str, Any]
pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="Starts servers that Shelterbelt brings along.")

SITE = "shelterbelt_site"
"""A login as an office would make it: owns its database, may make roles and databases, passes no walls."""
_SCHOOL = "(select min(id) from orgs_org where kind = 'school')"
RENAME = f"update orgs_org set name = 'Linden Creek ' || '{{}}' where id = {_SCHOOL}"
NAME = f"select name from orgs_org where id = {_SCHOOL}"


@dataclass
class Story:
    """What the steps hand on."""

    folder: Path
    own: Home
    first: Home
    key: Path
    place: dict[str, str]
    states: dict[str, State] = field(default_factory=dict)
    between: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    @property
    def backups(self) -> Backups:
        """Where the embedded one's backups go."""
        return Backups(self.folder / "backups")

    @property
    def base(self) -> Path:
        """The base backup."""
        return next(one.folder for one in self.backups.all() if one.manifest.kind == "physical")

    def home(self, name: str) -> Home:
        """Another installation."""
        return Home(self.folder / name)

    def restored(self, home: Home, *words: str) -> str:
        """Bring something back; what was said."""
        return home.does("restore", *words, "--key-file", str(self.key))


def paper(said: str) -> str:
    """The recovery key, as somebody would copy it from what `backup setup` prints."""
    return next(line.strip() for line in said.splitlines() if line.count("-") == 13)


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, str]]:
    """On a server of one's own: a database with the invented state, and an empty one whose login passes no walls."""
    database.prepare(home=databases.home() / "postgres")
    source, place = (f"{databases.PREFIX}{os.getpid()}_{name}" for name in ("source", "place"))
    parts = databases.administrator()
    administrator = make_conninfo("", **parts)
    databases.create(source, template=site.template())
    run_sql(
        administrator,
        f"drop role if exists {SITE}, {SITE}_backup",
        f"create role {SITE} login createdb createrole",
        f"create role {SITE}_backup login bypassrls in role pg_read_all_data",
        f"grant shelterbelt_app, shelterbelt_public to {SITE} with admin option",
        f"create database {place} owner {SITE} template template0 encoding 'UTF8'",
    )
    yield {
        "source": make_conninfo("", **(parts | {"dbname": source})),
        "DATABASE_URL": make_conninfo("", **(parts | {"user": SITE, "dbname": place})),
        "DATABASE_BACKUP_URL": make_conninfo("", **(parts | {"user": f"{SITE}_backup", "dbname": place})),
    }
    with psycopg.connect(administrator) as connection:
        found = connection.execute("select datname from pg_database where datname like %s", [f"{place}%"])
        left = [name for (name,) in found]
    for name in (source, *left):
        databases.drop(name)
    run_sql(administrator, f"drop owned by {SITE}, {SITE}_backup", f"drop role {SITE}, {SITE}_backup")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder of our own: those of pytest are closed to the server's account whenever another run begins."""
    with tempfile.TemporaryDirectory(prefix="shelterbelt-rehearsal-") as made:
        yield Path(made)


@pytest.fixture(scope="module")
def story(servers: dict[str, str], folder: Path) -> Story:
    """First a dump moves the invented state into the embedded server of a fresh home; a year goes on there."""
    own = Home(folder / "own", (("DATABASE_URL", servers["source"]),))
    story = Story(folder, own, Home(folder / "first"), folder / "recovery-key", servers)
    _move(story)
    _live(story)
    return story


def _move(story: Story) -> None:
    story.own.does("rotate", "--missing")
    story.own.does("prepare")  # what every start adds to a database is there before it is compared
    FolderStore(story.own.path / "files").put([b"The emergency plan of Linden Creek."])
    story.key.write_text(paper(story.own.does("backup", "setup", "--to", str(story.folder / "dumps"))))
    story.own.does("backup")
    story.states["own"] = state_of(story.place["source"])
    story.restored(story.first, str(story.folder / "dumps"))
    story.states["moved"] = story.first.state()


def _live(story: Story) -> None:
    """Base backup, a change, a moment, another change; the log of both is sealed."""
    story.first.does("backup", "setup", "--to", str(story.backups.folder))
    with story.first.database() as address:
        story.states["base"] = state_of(address)
        story.first.does("backup")
        run_sql(address, RENAME.format("in spring"))
        FolderStore(story.first.path / "files").put([b"A plan of spring."])
        story.states["between"] = state_of(address)
        time.sleep(0.1)
        story.between = datetime.now(tz=UTC)
        time.sleep(0.1)
        run_sql(address, RENAME.format("in autumn"), "checkpoint")
        story.states["after"] = state_of(address)
        run_sql(address, "select pg_switch_wal()")
        _wait_for_log(story.first.path, address)
        story.first.does("backup", "changes")


def _wait_for_log(home: Path, address: str) -> None:
    deadline = time.monotonic() + 20
    with psycopg.connect(address, autocommit=True) as connection:
        while time.monotonic() < deadline:
            row = connection.execute(
                "select pg_walfile_name(pg_current_wal_lsn() - 1) <= last_archived_wal from pg_stat_archiver"
            )
            if row.fetchone() == (True,):
                return
            time.sleep(0.1)
    raise TimeoutError(sorted(path.name for path in archive.waiting(home).iterdir()))


def rows_of(state: State) -> State:
    """The rows, but for the keys that seal scopes: they follow the home they are used in."""
    return {name: rows for name, rows in state["rows"].items() if name != "access_scopekey"}


def differing(some: State, others: State) -> list[str]:
    """The lines that only one of two has."""
    return [f"{name}: {line}" for name in some for line in sorted({*some[name]} ^ {*others[name]})]


# A dump says the same comparison of texts with other casts and brackets.
_SPELLING = re.compile(r"::(text|character varying)(\[\])?|[()]")


def walls_of(state: State, owner: str = "shelterbelt_owner") -> State:
    """The walls, with one name for whoever owns them, and one spelling."""
    return {
        name: [_SPELLING.sub("", line.replace(owner, "OWNER")) for line in lines]
        for name, lines in state.items()
        if name != "rows"
    }


def test_a_dump_moves_a_server_of_ones_own_to_the_embedded_one(story: Story) -> None:
    moved, own = story.states["moved"], story.states["own"]
    assert rows_of(moved) == rows_of(own)
    assert sum(rows.count for rows in rows_of(moved).values()) > 5000
    assert differing(walls_of(moved), walls_of(own)) == []
    assert b"The emergency plan of Linden Creek." in story.first.files().values()


def test_a_base_backup_comes_back_as_it_was_however_often_a_restore_was_killed(story: Story) -> None:
    home = story.home("second")
    words = ("restore", str(story.base), "--key-file", str(story.key))
    with home.start(*words) as killed:
        _wait_until(home.path / "restoring/postgres/base")
        assert "Another restore is under way" in home.refuses(*words)
        killed.kill()
    assert not (home.path / "postgres").exists()

    home.does(*words)

    restored, base = home.state(), story.states["base"]
    assert rows_of(restored) == rows_of(base)
    assert differing(walls_of(restored), walls_of(base)) == []
    assert not (home.path / "restoring").exists()
    assert set(home.files().values()) == {b"The emergency plan of Linden Creek."}
    for name in ("secret_key", "scope_key", "sealing_key"):
        assert (home.path / "secrets" / name).read_text() == (story.first.path / "secrets" / name).read_text()


def _wait_until(path: Path) -> None:
    deadline = time.monotonic() + 30
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def test_the_walls_stand_where_it_was_brought_back(story: Story) -> None:
    with story.home("second").database() as address:
        with psycopg.connect(address, user=database.ROLES["app"]) as app:
            assert app.execute("select count(*) from drills_drill").fetchone() == (0,)
            assert app.execute("select count(*) from access_auditentry").fetchone() == (0,)
            app.execute("select set_config('shelterbelt.actor', 'system:measures', true)")
            with pytest.raises(psycopg.Error):
                app.execute("select count(*) from drills_drill")
        with psycopg.connect(address, autocommit=True) as administrator:
            trail = "select count(*), max(id) from access_auditentry"
            count, newest = administrator.execute(trail).fetchone() or (0, 0)
            administrator.execute(RENAME.format("renamed"))  # type: ignore[call-overload]
            after = administrator.execute(trail).fetchone() or (0, 0)
            assert after[0] == count + 1
            assert after[1] > newest


def test_a_moment_between_two_changes_is_reached(story: Story) -> None:
    home = story.home("third")
    local = story.between.astimezone(ZoneInfo("America/Chicago")).replace(tzinfo=None)
    said = story.restored(home, str(story.backups.folder), "--until", local.isoformat(sep=" "))
    restored = home.state()
    assert rows_of(restored) == rows_of(story.states["between"]) != rows_of(story.states["after"])
    assert "the last change in it is of" in said
    assert b"A plan of spring." in home.files().values()


def test_in_place_the_newest_state_is_reached_though_its_log_was_not_sealed_yet(story: Story) -> None:
    home, words = story.first, ("restore", str(story.backups.folder), "--key-file", str(story.key))
    with home.database() as address:
        run_sql(address, RENAME.format("in winter"))
        story.states["last"] = state_of(address)
    assert "Add --replace" in home.refuses(*words)
    assert "add --yes" in home.refuses(*words, "--replace")
    home.does(*words, "--replace", "--yes")
    assert rows_of(home.state()) == rows_of(story.states["last"]) != rows_of(story.states["after"])
    [former] = home.path.glob("postgres-before-*")
    assert (former / "PG_VERSION").exists()


def test_what_is_not_in_order_is_refused_before_anything_is_touched(story: Story, tmp_path: Path) -> None:
    home, other = story.home("third"), tmp_path / "other-key"
    other.write_text(str(RecoveryKey.fresh()))
    before = fingerprint(home.path)
    replace = ("--replace", "--yes", "--key-file")
    assert "was sealed for" in home.refuses("restore", str(story.base), *replace, str(other))
    copy = tmp_path / "backups"
    shutil.copytree(story.backups.folder, copy)
    base = copy / story.base.name
    for part in ("database.sealed", "contents.sealed", "secrets.sealed"):
        with changed(base / part):
            assert part in home.refuses("restore", str(base), *replace, str(story.key))
    with changed(base / "manifest.json"):
        assert "damaged or was changed" in home.refuses("restore", str(base), *replace, str(story.key))
    (base / "manifest.json").rename(base / "manifest.half")
    assert "half a backup" in home.refuses("restore", str(base), *replace, str(story.key))
    assert fingerprint(home.path) == before


def test_a_damaged_log_stops_the_restore_and_leaves_what_is_there(story: Story, tmp_path: Path) -> None:
    home, copy = story.home("third"), tmp_path / "backups"
    shutil.copytree(story.backups.folder, copy)
    before = rows_of(home.state())
    newest = max(copy.glob("log/*/????????????????????????.*"))
    with changed(newest):
        said = home.refuses("restore", str(copy), "--replace", "--yes", "--key-file", str(story.key))
    assert newest.name in said
    assert rows_of(home.state()) == before


def test_a_running_installation_is_not_restored_over(story: Story) -> None:
    home = story.home("third")
    with home.database():
        said = home.refuses("restore", str(story.base), "--replace", "--yes", "--key-file", str(story.key))
    assert "Stop it first" in said


def test_a_full_disk_spoils_neither_backups_nor_what_is_there(story: Story) -> None:
    before = [one.folder.name for one in story.backups.all()]
    with story.first.database():  # it has its files open before the disk is full
        assert "no room left" in story.first.refuses("backup", room=1_000_000)
    assert [one.folder.name for one in story.backups.all()] == before
    home = story.home("fourth")
    assert "no room left" in home.refuses("restore", str(story.base), "--key-file", str(story.key), room=4_000_000)
    assert not (home.path / "postgres").exists()
    assert not (home.path / "restoring").exists()


def test_a_backup_is_checked_with_and_without_the_key(story: Story) -> None:
    assert "as it was written" in story.first.does("backup", "verify", "--outside")
    said = story.first.does("backup", "verify", "--key-file", str(story.key))
    assert "everything in it could be opened" in said
    assert "goes on from it without a gap" in said


def test_a_dump_moves_the_embedded_one_to_a_server_of_ones_own(story: Story) -> None:
    own = Home(
        story.folder / "place", tuple((name, story.place[name]) for name in ("DATABASE_URL", "DATABASE_BACKUP_URL"))
    )
    story.first.does("backup", "--logical", "--to", str(story.folder / "to-own"))
    story.restored(own, str(story.folder / "to-own"))
    restored, given = state_of(story.place["DATABASE_BACKUP_URL"]), story.first.state()
    assert rows_of(restored) == rows_of(given)
    assert differing(walls_of(restored, SITE), walls_of(given)) == []
    assert "Add --replace" in own.refuses("restore", str(story.folder / "to-own"), "--key-file", str(story.key))
    said = story.restored(own, str(story.folder / "to-own"), "--replace", "--yes")
    assert "_before_" in said


def test_a_login_that_sees_not_every_row_makes_no_backup_with_holes(story: Story) -> None:
    place = Home(story.folder / "place", (("DATABASE_URL", story.place["DATABASE_URL"]),))
    place.does("backup", "setup", "--to", str(story.folder / "holes"))
    assert "create role shelterbelt_backup login bypassrls" in place.refuses("backup")


PASSING = {".restoring.lock", ".handle_pids.json"}
"""Who holds what at the moment; says nothing about what is kept."""


def fingerprint(home: Path) -> dict[str, tuple[int, int]]:
    """What lies in a home, to the byte's size and the nanosecond."""
    files = (path for path in home.rglob("*") if path.is_file() and path.name not in PASSING)
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


@contextmanager
def changed(path: Path) -> Iterator[None]:
    """Have one bit in the middle of a file wrong for a while."""
    kept = path.read_bytes()
    middle = len(kept) // 2
    path.write_bytes(kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1 :])
    yield
    path.write_bytes(kept)
