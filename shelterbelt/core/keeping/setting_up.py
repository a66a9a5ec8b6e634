"""Sets up backups: a recovery key for the operator, a writing key for the server, a folder, the archive of the log."""

from dataclasses import replace
from pathlib import Path

import psycopg

from shelterbelt.core import database
from shelterbelt.core.keeping import archive, aside, writing_key
from shelterbelt.core.keeping.backups import Backups
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, saying_what_fails
from shelterbelt.core.keeping.writing_key import WritingKey


def set_up(home: Path, folder: Path, *, anew: bool, with_secrets: bool | None) -> tuple[WritingKey, RecoveryKey | None]:
    """Keep where backups go and how they are sealed. A recovery key is made the first time, or anew when asked for."""
    backups = Backups(folder.expanduser().resolve())
    if backups.folder.is_relative_to(home / "postgres") or backups.folder.is_relative_to(home / "files"):
        raise CannotKeep("Backups can't lie inside of what they keep. Name a folder elsewhere, best on another disk.")
    key, recovery = writing_key.read(writing_key.kept_at(home)), None
    backups.make_ready()
    if key is None or anew:
        recovery = RecoveryKey.fresh()
        key = WritingKey.fresh(recovery)
    key = replace(key, folder=str(backups.folder))
    if with_secrets is not None:
        key = replace(key, with_secrets=with_secrets)
    with saying_what_fails("Backups could not be set up", home):
        home.mkdir(parents=True, exist_ok=True)
        waiting = archive.waiting(home)
        waiting.mkdir(mode=0o700, exist_ok=True)
        server = aside.account()
        server.owns(waiting)
        server.reaches(waiting)
        writing_key.keep(key, writing_key.kept_at(home))
    _tell_server(home)
    return key, recovery


def _tell_server(home: Path) -> None:
    """Have the embedded server archive its log from now on."""
    if database.is_own() or not (home / "postgres/PG_VERSION").exists():
        return
    from shelterbelt.core import embedded

    with psycopg.connect(database.embedded(home / "postgres"), autocommit=True) as connection:
        embedded.write_settings(home / "postgres", home=home)
        connection.execute("select pg_reload_conf()")
        row = connection.execute("show archive_mode").fetchone()
    if row and row[0] != "on":
        print("Stop Shelterbelt and start it again once, so that its database archives what changes.")
