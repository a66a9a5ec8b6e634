"""The embedded server's files as they are (a base backup), from which any later moment can be reached by its log."""

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import IO, Protocol

import psycopg

from shelterbelt.core.keeping import programs
from shelterbelt.core.keeping.refusing import CannotKeep, Damaged

_LABEL = re.compile(rb"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")
_LOG = re.compile(r"pg_wal/([0-9A-F]{24})")
# What belongs to the server that wrote it, not to the one that will read it.
_NOT_OURS = re.compile(r"(\.s\.PGSQL\..*|\.handle_pids\.json|log|postmaster\.(pid|opts)|pg_wal/archive_status/.+)")


class Sink(Protocol):
    """Takes what is read, piece by piece."""

    def write(self, plain: bytes, /) -> object:
        """Take some."""


def read_base(address: str, out: Sink) -> str:
    """Read the whole cluster from a running server; the first file of its log that is needed with it."""
    program = programs.for_server("pg_basebackup", _version(address))
    where, environment = programs.reaching(address)
    command = [program, *where, "--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast",
               "--manifest-checksums=SHA256", "--no-sync", "--label=shelterbelt"]  # fmt: skip
    front = b""
    with (
        _log_held(address),
        programs.reading(command, environment=environment, failing="The database could not be read") as tar,
    ):
        while chunk := tar.read(programs.CHUNK):
            front = front or chunk[:4096]
            out.write(chunk)
    label = _LABEL.search(front)
    if label is None:
        raise CannotKeep("The database could not be read: the server sent no label with its files.")
    return label[1].decode()


@contextmanager
def _log_held(address: str) -> Iterator[None]:
    """Have the server keep its log from now on, so that what belongs to the backup is still there at its end."""
    with psycopg.connect(address, autocommit=True) as connection:
        name = f"shelterbelt_backup_{os.getpid()}"
        connection.execute("select pg_create_physical_replication_slot(%s, true, true)", [name])
        yield


def _version(address: str) -> int:
    with psycopg.connect(address) as connection:
        return connection.info.server_version // 10000


def system_of(folder: Path) -> str:
    """The number of a cluster that its log carries too: the first eight bytes of its control file."""
    with (folder / "global/pg_control").open("rb") as control:
        return f"{int.from_bytes(control.read(8), 'little'):016x}"


@dataclass(frozen=True)
class Unpacked:
    """What came out of a base backup."""

    files: int
    last_log: str


def unpack(pieces: Iterator[bytes], into: Path | None, *, owner: tuple[int, int] | None = None) -> Unpacked:
    """Check every file of a base backup against the list in it, and write them below a folder if one is named."""
    found: dict[str, tuple[int, str]] = {}
    listed = b""
    with tarfile.open(fileobj=_Reading(pieces), mode="r|", bufsize=programs.CHUNK) as tar:
        for member in tar:
            name = _inside(member)
            content = tar.extractfile(member) if member.isfile() else None
            if name == "backup_manifest":
                listed = content.read() if content else b""
            elif content is None:
                _folder(name, into, owner)
            else:
                found[name] = _write(content, None if into is None or _NOT_OURS.fullmatch(name) else into / name, owner)
    for _ in pieces:  # the signature is checked once the last piece is taken
        pass
    _compare(listed, found)
    logs = (log[1] for name in found if (log := _LOG.fullmatch(name)))
    return Unpacked(len(found), max(logs, default=""))


def _inside(member: tarfile.TarInfo) -> str:
    name = member.name.removeprefix("./")
    if name.startswith("/") or ".." in Path(name).parts or not (member.isfile() or member.isdir()):
        raise Damaged(f"The backup of the database holds something that doesn't belong there: {name}.")
    return name


def _folder(name: str, into: Path | None, owner: tuple[int, int] | None) -> None:
    if into is not None:
        folder = into / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if owner:
            os.chown(folder, *owner)


def _write(content: IO[bytes], path: Path | None, owner: tuple[int, int] | None) -> tuple[int, str]:
    """Write one file; its size and digest. PostgreSQL itself makes sure that all is on disk before it recovers."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path or os.devnull, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        while chunk := content.read(programs.CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        if path is not None and owner:
            os.fchown(file.fileno(), *owner)
    return size, digest.hexdigest()


def _compare(listed: bytes, found: dict[str, tuple[int, str]]) -> None:
    """The list that PostgreSQL wrote names every file, its size and its digest, and ends with its own."""
    cut = listed.rfind(b'"Manifest-Checksum"')
    try:
        whole = json.loads(listed)
        wanted = {file["Path"]: (file["Size"], file["Checksum"]) for file in whole["Files"]}
    except (ValueError, KeyError) as error:
        raise Damaged("The backup of the database has no list of its files, or a damaged one.") from error
    if cut < 0 or hashlib.sha256(listed[:cut]).hexdigest() != whole["Manifest-Checksum"]:
        raise Damaged("The backup's list of files is damaged.")
    wrong = next((name for name, what in wanted.items() if found.get(name) != what), None)
    if wrong is not None:
        raise Damaged(f"In the backup of the database the file {wrong} is missing or differs from its list.")


class _Reading(RawIOBase):
    """Pieces as a file that is read once, from front to end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._waiting = pieces, bytearray()

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        while size < 0 or len(self._waiting) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._waiting += piece
        taken = bytes(self._waiting[:size] if size >= 0 else self._waiting)
        del self._waiting[: len(taken)]
        return taken
