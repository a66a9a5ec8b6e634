"""Brings a backup back beside what is there, looks whether it stands, and only then puts it in its place.

Everything is laid out in HOME/restoring. Until the last step nothing in use is touched; the last step is a rename, and
what was there before stays under another name. Stopped half way, it is simply begun again.
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shelterbelt.core import secrets
from shelterbelt.core.keeping import aside, checking, documents, writing_key
from shelterbelt.core.keeping.contents import Contents
from shelterbelt.core.keeping.moments import Goal
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, Damaged, saying_what_fails

MARGIN = 64 * 1024 * 1024


@dataclass(frozen=True)
class Restored:
    """What was brought back, for the person who asked."""

    state: str
    rows: int
    documents: int
    former: str
    remarks: list[str]


@contextmanager
def at_work(home: Path) -> Iterator[Path]:
    """The folder to lay everything out in; one restore at a time, and what a stopped one left is cleared."""
    home.mkdir(parents=True, exist_ok=True)
    place = home / "restoring"
    with (home / ".restoring.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotKeep("Another restore is under way here. Wait until it is done.") from error
        _clear(place)
        place.mkdir(mode=0o700)
        try:
            yield place
        finally:
            _clear(place)


def _clear(place: Path) -> None:
    aside.stop_left_over(place / "postgres", aside.account())
    shutil.rmtree(place, ignore_errors=True)


def check_first(goal: Goal, key: RecoveryKey, home: Path) -> Contents:
    """Everything that can be said before anything is written: the right key, a whole backup, known tables, room."""
    backup = goal.backup
    backup.signed.require_marked_by(key, backup.folder)
    checking.check_outside(backup)
    with saying_what_fails("The backup can't be read", backup.folder):
        contents = Contents.read(checking.opened(backup, "contents", key))
    contents.require_known(_known_migrations(), _own_rooms())
    _require_room(goal, home)
    return contents


def _own_rooms() -> set[str]:
    return {path.parent.parent.name for path in _migrations()}


def _known_migrations() -> set[str]:
    return {f"{path.parent.parent.name}.{path.stem}" for path in _migrations()}


def _migrations() -> list[Path]:
    from shelterbelt.core.environment import ROOT

    return list((ROOT / "shelterbelt").glob("*/migrations/[0-9]*.py"))


def _require_room(goal: Goal, home: Path) -> None:
    made = goal.backup.manifest
    needed = made.parts["database"].plain_size + MARGIN
    needed += sum(
        documents.place(goal.backup.backups, name).stat().st_size for name in checking.names_of_documents(goal.backup)
    )
    free = shutil.disk_usage(next(folder for folder in (home, *home.parents) if folder.exists())).free
    if free < needed:
        raise CannotKeep(
            f"Restoring needs about {needed // 1_000_000 + 1} MB at {home}, and {free // 1_000_000} MB are free. "
            "Make room and try again."
        )


def lay_out_documents(goal: Goal, key: RecoveryKey, place: Path) -> Path:
    """Open the documents into a folder of their own; those that are in place already are left out.

    With a log beyond the backup, documents that were sealed after it are brought back too.
    """
    where = goal.backup.backups
    names = set(checking.names_of_documents(goal.backup))
    if goal.until or goal.is_newest:
        names |= set(documents.names_in(where))
    folder = place / "files"
    folder.mkdir(mode=0o700)
    with saying_what_fails("The documents can't be brought back", place):
        for name in sorted(names):
            documents.bring_back(where, name, key, folder)
    return folder


def put_documents(laid_out: Path, home: Path) -> int:
    """Move opened documents into the file store. None is taken away or changed there: their names are their digests."""
    moved = 0
    for path in laid_out.iterdir():
        to = home / "files" / path.name[:2] / path.name[2:4] / path.name
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.replace(to)
        moved += 1
    return moved


def put_secrets(goal: Goal, key: RecoveryKey, home: Path, *, without: bool) -> list[str]:
    """Add the backup's secrets to those that are here: what is here stays the newest, so a rotation isn't undone."""
    if not goal.backup.manifest.secrets or without:
        return _require_secrets(home, without=without)
    kept: dict[str, str] = json.loads(b"".join(checking.opened(goal.backup, "secrets", key)))
    text = kept.pop("backup_key", "")
    for name, values in kept.items():
        _add(name, values, home)
    path = writing_key.kept_at(home)
    if text and not path.exists():
        writing_key.keep(writing_key.from_text(text, path), path)
        return ["Say where this machine's backups go: python -m shelterbelt backup setup --to FOLDER"]
    return []


def _add(name: str, values: str, home: Path) -> None:
    if name != Path(name).name or name.startswith("."):
        raise Damaged(f"The backup's secrets hold something that doesn't belong there: {name!r}.")
    if secrets.is_given(name.upper()):
        return  # the environment decides here
    path = home / "secrets" / name
    here = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    ring = dict.fromkeys(value.strip() for value in (*here, *values.split("\n")) if value.strip())
    secrets.write(path, tuple(ring))


def _require_secrets(home: Path, *, without: bool) -> list[str]:
    """A database without its secrets is half a site: second factors and sealed texts stay closed for ever."""
    there = [name for name in secrets.NAMES if secrets.is_given(name) or (home / "secrets" / name.lower()).exists()]
    if "SEALING_KEY" in there or without:
        return (
            [] if there else ["Secrets are made anew. Second factors and other sealed texts of the backup stay closed."]
        )
    raise CannotKeep(
        f"This backup holds no secrets, and there are none in {home / 'secrets'}. Bring that folder from where you "
        "keep it, or add --without-secrets: then second factors and other sealed texts stay closed for ever."
    )


def require_nothing_lost(before: Contents, after: Contents) -> list[str]:
    """Compare what stands now with what was counted. A dump must be the same; a log only ever adds to the trail."""
    if set(before.migrations) - set(after.migrations):
        raise Damaged("The database that was brought back lacks migrations that the backup counted.")
    exact = any(rows.digest for rows in before.tables.values())
    for name, rows in before.tables.items():
        found = after.tables.get(name)
        if found is None or (exact and found != rows):
            raise Damaged(
                f"In the database that was brought back the table {name} differs from what the backup counted."
            )
    trail = before.tables.get("access_auditentry")
    if trail and after.tables["access_auditentry"].count < trail.count:
        raise Damaged(
            "The database that was brought back has fewer entries in its audit trail than the backup counted."
        )
    return []
