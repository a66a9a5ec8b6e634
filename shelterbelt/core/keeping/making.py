"""Makes a backup: reads the database, seals documents and secrets beside it, and looks at what lies on the disk."""

import json
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from shelterbelt.core import environment, secrets
from shelterbelt.core.keeping import archive, checking, counting, documents, logical, manifest, physical, writing_key
from shelterbelt.core.keeping.backups import Backup, Backups
from shelterbelt.core.keeping.contents import Contents
from shelterbelt.core.keeping.counting import Connection
from shelterbelt.core.keeping.manifest import Kind, Manifest
from shelterbelt.core.keeping.refusing import CannotKeep, saying_what_fails
from shelterbelt.core.keeping.sealed import Sealer, Written, sync_folder
from shelterbelt.core.keeping.sources import Source, source, within
from shelterbelt.core.keeping.writing_key import WritingKey

_OWNER = "select pg_get_userbyid(relowner) from pg_class where oid = 'public.django_migrations'::regclass"

PATIENCE = 600.0
"""Seconds that a backup waits for another one to be done."""


def make(home: Path, backups: Backups, key: WritingKey, *, kind: Kind | None, with_secrets: bool) -> Backup:
    """Make one backup and check it. It has its name only when all of it is safely written."""
    where = source(home)
    kind = kind or ("physical" if where.is_embedded else "logical")
    if kind == "physical" and not where.is_embedded:
        raise CannotKeep(
            "Only the database that comes with Shelterbelt is backed up as files. See docs/how-to/back-up.md."
        )
    with backups.writing(patience=PATIENCE), saying_what_fails("The backup could not be written", backups.folder):
        name = _free_name(backups)
        half = backups.folder / f".half-{name}"
        half.mkdir(mode=0o700)
        _fill(half, name, where, home, backups, key, kind, with_secrets=with_secrets)
        half.rename(backups.folder / name)
        sync_folder(backups.folder)
        made = Backup(backups.folder / name, manifest.read(backups.folder / name))
        checking.check_outside(made)
    return made


def seal_changes(home: Path, backups: Backups, key: WritingKey) -> None:
    """Seal what came since the last backup: finished files of the log, and new documents."""
    with backups.sealing(), saying_what_fails("What changed could not be sealed", backups.folder):
        if (home / "postgres/global/pg_control").exists():
            archive.seal_waiting(home, physical.system_of(home / "postgres"), backups, key)
        documents.seal_all(home / "files", backups, key)


def _free_name(backups: Backups) -> str:
    """The moment, to the second; two backups never share one."""
    while True:
        name = datetime.now(tz=UTC).strftime("%Y-%m-%dT%H%M%SZ")
        if not (backups.folder / name).exists():
            return name
        time.sleep(0.2)


def _fill(
    half: Path,
    name: str,
    where: Source,
    home: Path,
    backups: Backups,
    key: WritingKey,
    kind: Kind,
    *,
    with_secrets: bool,
) -> None:
    parts: dict[str, Written] = {}
    seal = partial(_sealing, half, name, key, parts)
    with logical.one_moment(where) as (connection, snapshot):
        contents = _contents(connection, digests=kind == "logical")
        version = connection.info.server_version
        if kind == "logical":
            made_at = _moment(connection)
            with seal("database") as out:
                logical.dump(where, version // 10000, snapshot, out)
    facts: dict[str, Any] = {}
    if kind == "physical":
        with seal("database") as out:
            facts["first_log"] = physical.read_base(within(where.address, "postgres"), out)
        with where.connect() as connection:
            made_at, facts["system"] = _moment(connection), physical.system_of(home / "postgres")
    with seal("contents") as out:
        out.write(contents.to_bytes())
    with backups.sealing():
        named = documents.seal_all(home / "files", backups, key)
        if where.is_embedded and backups.folder == Path(key.folder):
            archive.seal_waiting(home, physical.system_of(home / "postgres"), backups, key)
    parts["documents.list"] = _listed(half / "documents.list", named)
    if with_secrets:
        with seal("secrets") as out:
            out.write(json.dumps(_secrets(home, key)).encode())
    made = Manifest(
        name, kind, made_at, version_of_ours(), f"{version // 10000}.{version % 10000}", key.name, with_secrets,
        contents.rows, len(named), parts, **facts,
    )  # fmt: skip
    manifest.write(half, made, key)


@contextmanager
def _sealing(half: Path, backup: str, key: WritingKey, parts: dict[str, Written], name: str) -> Iterator[Sealer]:
    with Sealer(half / f"{name}.sealed", key, about=f"{backup}/{name}") as out:
        yield out
    parts[name] = out.written


def _contents(connection: Connection, *, digests: bool) -> Contents:
    names = counting.migrations(connection)
    if not names:
        raise CannotKeep("The database has no tables yet, so there is nothing to back up.")
    (owner,) = counting.the_row(connection, _OWNER)
    return Contents(counting.rows_of_all(connection, digests=digests), names, str(owner))


def _moment(connection: Connection) -> str:
    (moment,) = counting.the_row(connection, "select clock_timestamp() at time zone 'UTC'")
    return f"{moment.isoformat()}+00:00"


def _listed(path: Path, names: dict[str, int]) -> Written:
    path.write_text(documents.list_of(names), encoding="utf-8")
    return Written(path.stat().st_size, checking.sha256_of(path), path.stat().st_size)


def _secrets(home: Path, key: WritingKey) -> dict[str, str]:
    """What a restored site can't be without: every ring, wherever it is kept, and the key that writes backups."""
    folder = home / "secrets"
    files = [path for path in folder.iterdir() if path.name[0] != "."] if folder.is_dir() else []
    kept = {path.name: path.read_text(encoding="utf-8") for path in files}
    given = {name.lower(): "\n".join(secrets.ring(name)) for name in secrets.NAMES if secrets.is_given(name)}
    return {**kept, **given, "backup_key": writing_key.to_text(writing_key.without_folder(key))}


def version_of_ours() -> str:
    """Which Shelterbelt this is."""
    with (environment.ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
