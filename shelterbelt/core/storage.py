"""Where files lie: under the digest of what they hold, so no name from outside ever becomes a path.

The store on disk is the first of its kind; object storage comes as another class with the same two verbs.
"""

import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Stored:
    """What the store knows of a file: its digest, which is also how to ask for it, and its size in bytes."""

    sha256: str
    size: int


class Writing(Protocol):
    """A content that arrives piece by piece."""

    def write(self, piece: bytes) -> None:
        """Add a piece."""

    def keep(self) -> Stored:
        """It is all there, and safely kept once this returns."""

    def drop(self) -> None:
        """Leave nothing of it. Does nothing once it was kept or dropped."""


class FileStore(Protocol):
    """Keeps contents and gives them back."""

    def begin(self) -> Writing:
        """Begin with a content whose pieces somebody else brings: keep it, or drop it."""

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Keep a content. It is there, whole, once this returns; keeping it twice is keeping it once."""

    def open(self, sha256: str) -> BinaryIO:
        """The content with this digest, to read from its start. FileNotFoundError if it was never kept."""

    def remove(self, sha256: str) -> None:
        """Keep it no longer. Does nothing if it isn't there."""

    def clear_unfinished(self, *, begun_before: float) -> int:
        """Remove what was begun before this moment and never kept or dropped; how many there were."""


@dataclass
class _HalfWritten:
    """A content that is written beside, and gets its name once all of it is on disk."""

    store: "FolderStore"
    file: "tempfile._TemporaryFileWrapper[bytes]"
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    size: int = 0

    def write(self, piece: bytes) -> None:
        self.file.write(piece)
        self.digest.update(piece)
        self.size += len(piece)

    def keep(self) -> Stored:
        with self.file:
            self.file.flush()
            os.fchmod(self.file.fileno(), self.store.openness & 0o660)
            os.fsync(self.file.fileno())
            self.store.place(Path(self.file.name), self.digest.hexdigest())
        return Stored(self.digest.hexdigest(), self.size)

    def drop(self) -> None:
        self.file.close()
        Path(self.file.name).unlink(missing_ok=True)


@dataclass(frozen=True)
class FolderStore:
    """A folder on disk. A file appears under its own name only when all of it is safely written.

    What is made inside is as open as the folder itself: nobody else's, unless whoever installed it shares it.
    """

    root: Path
    also: Path | None = None
    """Where contents are looked for that aren't here."""

    def begin(self) -> Writing:
        """Write beside."""
        return _HalfWritten(self, tempfile.NamedTemporaryFile(dir=self._folder("waiting"), delete=False))

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Write beside, make sure it is on disk, then rename."""
        half = self.begin()
        try:
            for chunk in chunks:
                half.write(chunk)
            return half.keep()
        except BaseException:
            half.drop()
            raise

    def open(self, sha256: str) -> BinaryIO:
        """Open for reading."""
        here = self._path(sha256)
        if self.also is not None and not here.exists():
            return FolderStore(self.also).open(sha256)
        return here.open("rb")

    def remove(self, sha256: str) -> None:
        """Unlink it."""
        self._path(sha256).unlink(missing_ok=True)
        if self.also is not None:
            FolderStore(self.also).remove(sha256)

    def clear_unfinished(self, *, begun_before: float) -> int:
        """Remove what a killed process left half written, by when it was begun; how many there were."""
        left = [path for path in (self.root / "waiting").glob("*") if path.stat().st_mtime < begun_before]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def place(self, half: Path, sha256: str) -> None:
        """Give what was written beside its own name."""
        path = self._path(sha256)
        self._folder(sha256[:2], sha256[2:4])
        half.replace(path)
        # A rename survives a power cut only once its folder is written too.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @property
    def openness(self) -> int:
        """The mode of the folder."""
        return stat.S_IMODE(self.root.stat().st_mode)

    def _folder(self, *names: str) -> Path:
        """A folder inside, made where it is missing."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        here, mode = self.root, self.openness
        for here in (self.root.joinpath(*names[: depth + 1]) for depth in range(len(names))):
            try:
                here.mkdir(mode=mode)
            except FileExistsError:
                continue
            here.chmod(mode)  # the process may be told to make everything private
        return here

    def _path(self, sha256: str) -> Path:
        if not DIGEST.fullmatch(sha256):
            raise ValueError("A file is asked for by its SHA-256 digest.")
        return self.root / sha256[:2] / sha256[2:4] / sha256


def file_store() -> FileStore:
    """The store of this installation."""
    return FolderStore(Path(settings.FILES))


def tip_store() -> FileStore:
    """The store of files that came with tips: sealed bytes alone, in a folder that the tip line's account may share.

    A backup brings all files back into the other one.
    """
    return FolderStore(Path(settings.TIP_FILES), also=Path(settings.FILES))
