"""Documents in a backup: each sealed once, however many backups name it, and brought back under its digest."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from shelterbelt.core.keeping import sealed
from shelterbelt.core.keeping.backups import Backups
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import Damaged
from shelterbelt.core.keeping.writing_key import WritingKey

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024


def kept_in(files: Path) -> Iterator[Path]:
    """Every document in the file stores (core/storage.py), in the order of digests; files of tips after the others."""
    for store in (files, files.with_name("tip-files")):
        for first in sorted(_folders(store)):
            for second in sorted(_folders(first)):
                yield from (path for path in sorted(second.iterdir()) if _DIGEST.fullmatch(path.name))


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if re.fullmatch("[0-9a-f]{2}", path.name)]


def seal_all(files: Path, backups: Backups, key: WritingKey) -> dict[str, int]:
    """Seal what isn't sealed yet. The names of all documents there are, each 1 if it is new."""
    named = {}
    for path in kept_in(files):
        name = key.alias(path.name.encode())
        named[name] = 0 if place(backups, name).exists() else 1
        if named[name]:
            _seal(path, place(backups, name), name, key)
    return named


def _seal(path: Path, to: Path, name: str, key: WritingKey) -> None:
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with sealed.Sealer(to, key, about=f"documents/{name}") as out, path.open("rb") as file:
        # Its digest goes first, so that whoever opens it knows what it must turn out to be.
        out.write(path.name.encode())
        while chunk := file.read(_CHUNK):
            out.write(chunk)


def place(backups: Backups, name: str) -> Path:
    """Where the sealed document with a name lies."""
    return backups.documents / name[:2] / f"{name}.sealed"


def names_in(backups: Backups) -> Iterator[str]:
    """The names of all sealed documents."""
    yield from (path.stem for path in backups.documents.glob("??/*.sealed"))


def missing(backups: Backups, names: Iterable[str]) -> list[str]:
    """Which of these documents aren't there."""
    return [name for name in names if not place(backups, name).exists()]


def bring_back(backups: Backups, name: str, key: RecoveryKey, into: Path) -> str:
    """Open one document and put it under its digest in a folder; the digest."""
    path = place(backups, name)
    pieces = sealed.unseal(path, key, about=f"documents/{name}")
    half = into / f".{name[:16]}.half"
    try:
        digest, found = _write(pieces, half)
        if digest != found:
            raise Damaged(f"{path} doesn't hold the document that it says.")
        half.replace(into / digest)
    finally:
        half.unlink(missing_ok=True)
    return digest


def check(backups: Backups, name: str, key: RecoveryKey) -> str:
    """Open one document and see that it is what it says; its digest."""
    digest, found = _write(sealed.unseal(place(backups, name), key, about=f"documents/{name}"), Path(os.devnull))
    if digest != found:
        raise Damaged(f"{place(backups, name)} doesn't hold the document that it says.")
    return digest


def _write(pieces: Iterator[bytes], to: Path) -> tuple[str, str]:
    """Write a document without the digest that goes before it: that digest, and the one it really has."""
    front, digest = b"", hashlib.sha256()
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        for piece in pieces:
            front, rest = (front, piece) if len(front) == 64 else _split(front + piece)
            file.write(rest)
            digest.update(rest)
    return front.decode(errors="replace"), digest.hexdigest()


def _split(begun: bytes) -> tuple[bytes, bytes]:
    return begun[:64], begun[64:]


def list_of(names: Iterable[str]) -> str:
    """The list of a backup's documents, as it is kept beside it."""
    return json.dumps(sorted(names), indent=0) + "\n"


def read_list(path: Path) -> list[str]:
    """The list, read back."""
    return [str(name) for name in json.loads(path.read_text(encoding="utf-8"))]
