"""Brings a backup back into the database that comes with Shelterbelt."""

import os
import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import psycopg

from shelterbelt.core import database, embedded, environment, processes
from shelterbelt.core.keeping import (
    archive,
    aside,
    checking,
    counting,
    fetching,
    logical,
    physical,
    programs,
    restoring,
    swapping,
)
from shelterbelt.core.keeping.aside import Aside
from shelterbelt.core.keeping.contents import Contents
from shelterbelt.core.keeping.moments import Goal
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, Damaged, saying_what_fails
from shelterbelt.core.keeping.restoring import Restored
from shelterbelt.core.keeping.sources import within

_ENDED_AT = re.compile(r"last completed transaction was at log time (.+)")
_TOO_EARLY = "before configured recovery target was reached"


def require_place(home: Path, *, replace: bool) -> None:
    """Refuse to touch a database that runs, or to put one in the place of another unasked."""
    if embedded.is_held(home / "postgres"):
        raise CannotKeep("Shelterbelt is running here. Stop it first, then restore.")
    aside.stop_left_over(home / "postgres", aside.account())
    if (home / "postgres/PG_VERSION").exists() and not replace:
        raise CannotKeep(
            f"There is a database in {home / 'postgres'} already. "
            "Add --replace to put the backup in its place; the database that is there now is kept beside it."
        )


def bring_back(goal: Goal, key: RecoveryKey, home: Path, *, without_secrets: bool, now: datetime) -> Restored:
    """Lay out, let it stand, look, and put it in place."""
    contents = restoring.check_first(goal, key, home)
    with restoring.at_work(home) as place, saying_what_fails("The backup could not be brought back", home):
        laid_out = restoring.lay_out_documents(goal, key, place)
        remarks = restoring.put_secrets(goal, key, home, without=without_secrets)
        folder = place / "postgres"
        with Aside(folder, aside.account()) as server:
            if goal.backup.manifest.kind == "physical":
                state = _recover(goal, key, home, server)
            else:
                state = _write(goal, key, home, server, contents, place)
            rows = _look(server, contents, exact=goal.backup.manifest.kind == "logical")
            _prepare(server)
            server.stop()
        documents = restoring.put_documents(laid_out, home)
        require_place(home, replace=True)
        former = swapping.put_in_place(folder, home / "postgres", home / embedded.RESTORED, now=now)
    return Restored(state, rows, documents, str(former or ""), remarks)


def _recover(goal: Goal, key: RecoveryKey, home: Path, server: Aside) -> str:
    """Unpack the files, and have PostgreSQL follow its log to where it was asked to."""
    folder = _empty_folder(server)
    physical.unpack(checking.opened(goal.backup, "database", key), folder, owner=server.account.numbers)
    _require_same_version(folder)
    log = fetching.Answering(partial(_log_file, goal, key, home), folder, server.sockets, server.account)
    embedded.write_settings(folder, home=home, more=_recovery(goal, log.command))
    signal = folder / "recovery.signal"
    signal.touch()
    server.account.owns(signal)
    with log.at_work():
        if not server.start():
            raise _why(server, log.damage)
    embedded.write_settings(folder, home=home)
    return _reached(server, goal)


def _log_file(goal: Goal, key: RecoveryKey, home: Path, name: str) -> Iterator[bytes]:
    """A file of the log: archived, or, of the very database that is to be replaced, not archived yet."""
    system = goal.backup.manifest.system
    try:
        return archive.open_one(goal.backup.backups, system, name, key)
    except FileNotFoundError:
        present = home / "postgres"
        if not (present / "global/pg_control").exists() or physical.system_of(present) != system:
            raise
        for folder in (archive.waiting(home), present / "pg_wal"):
            if (folder / name).is_file():
                return _pieces(folder / name)
        raise


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(programs.CHUNK):
            yield piece


def _empty_folder(server: Aside) -> Path:
    """A folder for the cluster, which its account owns and reaches."""
    server.folder.mkdir(mode=0o700)
    server.account.owns(server.folder)
    server.account.reaches(server.folder)
    return server.folder


def _require_same_version(folder: Path) -> None:
    theirs = (folder / "PG_VERSION").read_text(encoding="utf-8").strip()
    program = programs.brought_along("postgres")
    ours = str(programs.major(program)) if program else "missing"
    if theirs != ours:
        raise CannotKeep(
            f"The backup holds the files of PostgreSQL {theirs}; the one here is {ours}. Restore it with the "
            "Shelterbelt that made it, then make a logical backup there: python -m shelterbelt backup --logical"
        )


def _recovery(goal: Goal, command: str) -> str:
    """How far PostgreSQL is to go, and whom it asks for its log."""
    lines = [
        f"restore_command = {embedded.quoted(command)}",
        "recovery_target_action = promote",
        "hot_standby = off",
        "lc_messages = 'C'",
    ]
    if goal.until:
        lines.append(f"recovery_target_time = '{goal.until.isoformat()}'")
    elif not goal.is_newest:
        lines += ["recovery_target = immediate", "recovery_target_timeline = current"]
    return "\n".join(lines) + "\n"


def _why(server: Aside, damage: str) -> CannotKeep:
    """Why PostgreSQL didn't get to where it was asked to."""
    if damage:
        return Damaged(damage)
    said = server.said()
    if _TOO_EARLY in said:
        ended = _ENDED_AT.findall(said)
        until = f" at {ended[-1].strip()}" if ended else " right after the backup"
        return CannotKeep(
            f"The archived log ends{until}, before the moment you named. Name an earlier one, or --until newest."
        )
    last = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
    return CannotKeep(f"The database didn't come up from the backup: {last[-1] if last else 'its log says nothing.'}")


def _reached(server: Aside, goal: Goal) -> str:
    with psycopg.connect(server.address) as connection:
        row = connection.execute("select pg_last_xact_replay_timestamp()").fetchone()
    last = row[0] if row else None
    return f"{goal}; the last change in it is of {last:%Y-%m-%d %H:%M:%S %Z}" if last else str(goal)


def _write(goal: Goal, key: RecoveryKey, home: Path, server: Aside, contents: Contents, place: Path) -> str:
    """Make a new cluster and write the dump into it."""
    _new_cluster(server, home)
    dumped = place / "database.dump"
    with os.fdopen(os.open(dumped, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in checking.opened(goal.backup, "database", key):
            file.write(piece)
    if not server.start():
        raise _why(server, "")
    database.make_ready(server.address)
    logical.load(
        dumped, within(server.address, database.NAME), former_owner=contents.owner, owner=database.ROLES["owner"]
    )
    dumped.unlink()
    return str(goal)


def _new_cluster(server: Aside, home: Path) -> None:
    _empty_folder(server)
    words = [programs.brought_along("initdb"), "-D", server.folder, *embedded.NEW_CLUSTER]
    made = subprocess.run(words, user=server.account.name, cwd="/", capture_output=True, text=True, check=False)  # type: ignore[arg-type]  # the package that starts the server brings it
    if made.returncode:
        raise CannotKeep(
            f"A new database could not be made: {(made.stderr.strip().splitlines() or ['no reason given'])[-1]}"
        )
    embedded.include_settings(server.folder)
    embedded.write_settings(server.folder, home=home)


def _look(server: Aside, contents: Contents, *, exact: bool) -> int:
    with psycopg.connect(within(server.address, database.NAME)) as connection:
        found = Contents(
            counting.rows_of_all(connection, digests=exact), counting.migrations(connection), contents.owner
        )
    restoring.require_nothing_lost(contents, found)
    return found.rows


def _prepare(server: Aside) -> None:
    """Bring its tables up to date and tell it our keys, as every start does, before it takes its place."""
    told = {**os.environ, "SHELTERBELT_EMBEDDED_AT": server.address, "SHELTERBELT_DEMONSTRATION": "false"}
    if subprocess.run(processes.command("prepare"), env=told, cwd=environment.ROOT, check=False).returncode:
        raise CannotKeep("The tables that were brought back could not be brought up to date; the lines above say why.")
