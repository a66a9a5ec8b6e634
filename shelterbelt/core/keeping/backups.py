"""The folder that holds backups: one folder a backup, all documents once, and the archived log of changes.

BACKUPS/shelterbelt-backups      the mark that this is such a folder, and the lock for whoever writes
BACKUPS/2026-11-24T030000Z/      one backup: manifest.json and its sealed parts
BACKUPS/documents/ab/….sealed    each document once, under a name that tells strangers nothing
BACKUPS/log/<cluster>/….sealed   the archived write-ahead log of one database cluster
"""

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from shelterbelt.core.keeping import manifest
from shelterbelt.core.keeping.manifest import Manifest, Signed
from shelterbelt.core.keeping.refusing import CannotKeep, saying_what_fails

MARK = "shelterbelt-backups"
_ID = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
_WORDS = """\
Shelterbelt writes its backups into this folder. Don't change or rename anything in it; copy it as a whole.
To bring one back: python -m shelterbelt restore FOLDER, with the recovery key. See docs/how-to/restore.md.
"""


@dataclass(frozen=True)
class Backup:
    """One whole backup."""

    folder: Path
    signed: Signed

    @property
    def manifest(self) -> Manifest:
        """What was written down about it."""
        return self.signed.manifest

    @property
    def backups(self) -> "Backups":
        """The folder it lies in, where its documents and the archived log lie too."""
        return Backups(self.folder.parent)

    def part(self, name: str) -> Path:
        """Where a part lies."""
        return self.folder / (name if name == "documents.list" else f"{name}.sealed")

    def about(self, name: str) -> str:
        """What a part is bound to."""
        return f"{self.manifest.id}/{name}"


@dataclass(frozen=True)
class Backups:
    """The folder with all of them."""

    folder: Path

    @property
    def documents(self) -> Path:
        """Where sealed documents lie."""
        return self.folder / "documents"

    def log(self, system: str) -> Path:
        """Where the archived log of a database cluster lies."""
        return self.folder / "log" / system

    def make_ready(self) -> None:
        """Make the folder. What it lies in must be there: a disk that isn't mounted is not to be written beside."""
        if not self.folder.parent.is_dir():
            raise CannotKeep(f"There is no folder {self.folder.parent}. Is the disk for backups there?")
        with saying_what_fails("The folder for backups can't be made", self.folder):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            if not (self.folder / MARK).exists() and any(self.folder.iterdir()):
                raise CannotKeep(f"{self.folder} holds other things. Name a new or empty folder for backups.")
            (self.folder / MARK).write_text(_WORDS, encoding="utf-8")

    def require(self) -> None:
        """Refuse a folder that was never made ready, such as the place of a disk that isn't mounted."""
        if not (self.folder / MARK).is_file():
            raise CannotKeep(
                f"{self.folder} holds no backups. Is the disk for backups there? "
                "To begin a new folder: python -m shelterbelt backup setup --to FOLDER"
            )

    @contextmanager
    def writing(self, *, patience: float = 0.0) -> Iterator[None]:
        """Be the only one that makes or removes backups here, and clear what a killed one left."""
        self.require()
        with saying_what_fails("Backups can't be written", self.folder), (self.folder / MARK).open("rb+") as mark:
            deadline = time.monotonic() + patience
            while not _locked(mark):
                if time.monotonic() >= deadline:
                    raise CannotKeep(f"Another backup is being written to {self.folder}. Try again when it is done.")
                time.sleep(0.5)
            for half in self.folder.glob(".half-*"):
                shutil.rmtree(half, ignore_errors=True)
            yield

    @contextmanager
    def sealing(self) -> Iterator[None]:
        """Be the only one that seals documents and log; short, so that it isn't held up while a backup is made."""
        self.require()
        with saying_what_fails("Nothing can be sealed", self.folder), (self.folder / ".sealing").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def all(self) -> list[Backup]:
        """All whole backups, oldest first; one that can't be understood is left out."""
        found = []
        for folder in sorted(self.folder.iterdir()):
            if _ID.fullmatch(folder.name):
                try:
                    found.append(Backup(folder, manifest.read(folder)))
                except CannotKeep:
                    continue
        return found


def _locked(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def named(path: Path) -> "Backup | Backups":
    """What a person meant by a path: one backup (its folder or its manifest), or the folder with all of them."""
    folder = path.expanduser().resolve()
    if folder.name == manifest.NAME:
        folder = folder.parent
    if (folder / manifest.NAME).exists():
        return Backup(folder, manifest.read(folder))
    if (folder / MARK).exists():
        return Backups(folder)
    if folder.name.startswith(".half-") or (folder.is_dir() and any(folder.glob("*.sealed"))):
        raise CannotKeep(f"{folder} is half a backup: whatever wrote it was stopped before it was done.")
    if not folder.exists():
        raise CannotKeep(f"There is no {folder}.")
    raise CannotKeep(f"{folder} is neither a backup nor a folder with backups.")


def size_of(folder: Path) -> int:
    """Bytes in all files below a folder."""
    return sum(
        os.lstat(os.path.join(where, name)).st_size  # noqa: PTH118 - a million files: strings are quicker
        for where, _, names in os.walk(folder)
        for name in names
    )
