"""The archive of the database's write-ahead log, from which every moment after a backup can be reached.

PostgreSQL copies each finished file of its log into HOME/log-to-archive (its archive_command), at the latest every
five minutes; from there it is sealed into the folder for backups, by `backup changes`, which `run` calls every minute.
While the disk for backups is away the files wait there, and nothing is lost unless this disk is.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from shelterbelt.core.keeping import sealed
from shelterbelt.core.keeping.backups import Backups
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, saying_what_fails
from shelterbelt.core.keeping.writing_key import WritingKey

# A file of the log, or the note that one history of it branched off another.
_KEPT = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")
_SEALED = re.compile(r"([0-9A-F]{24}|[0-9A-F]{8}\.history)\.([0-9a-f]{64})\.sealed")
_SEGMENTS = 256
"""Files of 16 MB to each 4 GB, by which the log's names count."""


def waiting(home: Path) -> Path:
    """Where finished files of the log wait to be sealed."""
    return home / "log-to-archive"


def command(home: Path) -> str:
    """The server's archive_command: a copy that is safely on disk, or the same copy again; nothing before setup."""
    if not waiting(home).is_dir():
        return "true"
    to = shlex.quote(str(waiting(home))).replace("%", "%%")
    return (
        f"if [ -f {to}/%f ]; then cmp -s %p {to}/%f; "
        f"else cp %p {to}/.%f && sync {to}/.%f && mv {to}/.%f {to}/%f && sync {to}; fi"
    )


def seal_waiting(home: Path, system: str, backups: Backups, key: WritingKey) -> int:
    """Seal what waits, oldest first; how many files that were. A different file of the same name is refused."""
    count, folder = 0, waiting(home)
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith("."):
            continue
        if _KEPT.fullmatch(path.name):
            _keep(path, system, backups, key)
            count += 1
        path.unlink()
    return count


def _keep(path: Path, system: str, backups: Backups, key: WritingKey) -> None:
    content = path.read_bytes()
    mark = key.alias(system.encode(), content)
    known = names_in(backups, system).get(path.name)
    to = backups.log(system) / f"{path.name}.{mark}.sealed"
    if known == to:
        return
    if known is not None:
        raise CannotKeep(
            f"{known.parent} already holds another {path.name}. Two databases must not share one log; "
            "begin a new folder: python -m shelterbelt backup setup --to FOLDER"
        )
    with saying_what_fails("The log of changes can't be sealed", to.parent):
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with sealed.Sealer(to, key, about=f"log/{system}/{path.name}") as out:
            out.write(content)


def names_in(backups: Backups, system: str) -> dict[str, Path]:
    """The archived files of one cluster's log, by name."""
    folder = backups.log(system)
    found = (_SEALED.fullmatch(path.name) for path in (folder.iterdir() if folder.is_dir() else ()))
    return {match[1]: folder / match[0] for match in found if match}


def open_one(backups: Backups, system: str, name: str, key: RecoveryKey) -> Iterator[bytes]:
    """One archived file of the log; FileNotFoundError if there is none."""
    path = next(backups.log(system).glob(f"{name}.*.sealed"), None)
    if path is None:
        raise FileNotFoundError(name)
    return sealed.unseal(path, key, about=f"log/{system}/{name}")


def unbroken_until(names: dict[str, Path], first: str) -> str | None:
    """The last file that can be reached from `first` without one missing between, on the same history of the log."""
    last, name = None, first
    while name in names:
        last, name = name, following(name)
    return last


def following(name: str) -> str:
    """The name of the file after this one."""
    history, count = name[:8], int(name[8:16], 16) * _SEGMENTS + int(name[16:24], 16) + 1
    return f"{history}{count // _SEGMENTS:08X}{count % _SEGMENTS:08X}"


def is_needed(name: str, first: str) -> bool:
    """Whether a file may be needed when everything from `first` on is wanted. Notes about histories are small: kept."""
    return name.endswith(".history") or name[8:24] >= first[8:24]
