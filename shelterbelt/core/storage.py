"""Where files lie: under the digest of what they hold, so no name from outside ever becomes a path.

The store on disk is the first of its kind; object storage comes as another class with the same two verbs.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Stored:
    """What the store knows of a file: its digest, which is also how to ask for it, and its size in bytes."""

    sha256: str
    size: int


class FileStore(Protocol):
    """Keeps contents and gives them back."""

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Keep a content. It is there, whole, once this returns; keeping it twice is keeping it once."""

    def open(self, sha256: str) -> BinaryIO:
        """The content with this digest, to read from its start. FileNotFoundError if it was never kept."""


@dataclass(frozen=True)
class FolderStore:
    """A folder on disk. A file appears under its own name only when all of it is safely written."""

    root: Path

    def put(self, chunks: Iterable[bytes]) -> Stored:
        """Write beside, make sure it is on disk, then rename."""
        waiting = self.root / "waiting"
        waiting.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=waiting, delete=False) as half:
            try:
                for chunk in chunks:
                    half.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                half.flush()
                os.fsync(half.fileno())
                self._place(Path(half.name), digest.hexdigest())
            except BaseException:
                Path(half.name).unlink(missing_ok=True)
                raise
        return Stored(digest.hexdigest(), size)

    def open(self, sha256: str) -> BinaryIO:
        """Open for reading."""
        return self._path(sha256).open("rb")

    def _place(self, half: Path, sha256: str) -> None:
        path = self._path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half.replace(path)
        # A rename survives a power cut only once its folder is written too.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _path(self, sha256: str) -> Path:
        if not DIGEST.fullmatch(sha256):
            raise ValueError("A file is asked for by its SHA-256 digest.")
        return self.root / sha256[:2] / sha256[2:4] / sha256


def file_store() -> FileStore:
    """The store of this installation."""
    return FolderStore(Path(settings.FILES))
