"""Removes old backups, and what only they needed. Called when a newer one has been written and checked."""

import shutil
from datetime import datetime, timedelta

from shelterbelt.core.keeping import archive, checking, documents
from shelterbelt.core.keeping.backups import Backup, Backups
from shelterbelt.core.keeping.refusing import CannotKeep, saying_what_fails

AT_LEAST = 3
"""However old they are, so that a clock that jumps years ahead can't empty the folder."""


def prune(backups: Backups, *, days: int, now: datetime) -> list[str]:
    """Remove backups older than so many days, then documents and log that no backup needs any more; their names."""
    with backups.writing(), backups.sealing(), saying_what_fails("Old backups could not be removed", backups.folder):
        known = backups.all()
        old = [backup for backup in known[:-AT_LEAST] if now - backup.manifest.when > timedelta(days=days)]
        for backup in old:
            # First out of sight, so that a removal stopped half way leaves no half backup that looks whole.
            gone = backup.folder.with_name(f".half-{backup.folder.name}")
            backup.folder.rename(gone)
            shutil.rmtree(gone)
        _clear(backups, [backup for backup in known if backup not in old])
    return [backup.folder.name for backup in old]


def _clear(backups: Backups, left: list[Backup]) -> None:
    """Remove what no backup needs; nothing, as long as one of them can't be understood."""
    if len(left) != sum(1 for folder in backups.folder.iterdir() if folder.name[:1].isdigit()):
        return
    try:
        wanted = {name for backup in left for name in checking.names_of_documents(backup)}
    except CannotKeep:
        return
    since = _since(left)
    for name in list(documents.names_in(backups)):
        path = documents.place(backups, name)
        # What was sealed since the newest backup belongs to the next one.
        if name not in wanted and path.stat().st_mtime < since:
            path.unlink()
    _clear_logs(backups, left)


def _since(left: list[Backup]) -> float:
    """When the newest backup was made."""
    return max((backup.manifest.when.timestamp() for backup in left), default=0.0)


def _clear_logs(backups: Backups, left: list[Backup]) -> None:
    firsts: dict[str, list[str]] = {}
    for backup in left:
        if backup.manifest.kind == "physical":
            firsts.setdefault(backup.manifest.system, []).append(backup.manifest.first_log)
    for system, needed in firsts.items():
        first = min(needed, key=lambda name: name[8:])
        for name, path in archive.names_in(backups, system).items():
            if not archive.is_needed(name, first):
                path.unlink()
