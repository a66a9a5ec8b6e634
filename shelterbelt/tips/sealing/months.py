"""The keys of months, which lie in a folder outside the database, each wrapped by the master key.

A month has two: a pair, whose public half the tip line's process uses at the door, and a key for the desk's own copy.
Destroying a month's key is what disposes of the tips under it, in old backups of the database too: docs/decisions/0015.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead, SecretBox
from nacl.utils import random

from shelterbelt.core import secrets

NAME = "TIP_MASTER_KEY"
_MONTH = re.compile(r"\d{4}-\d{2}\.\d+")
_SEED = 32


class MonthGone(Exception):
    """The month's key was destroyed, or its file is missing: nothing under it can be read."""


class Broken(MonthGone):
    """A key that wasn't wrapped for this month: stored broken, or put there by somebody who holds the door's login."""


@dataclass(frozen=True)
class MonthSecret:
    """What opens the tips of one month."""

    name: str
    """The month and the version of its key: `2026-11.1`."""
    seed: bytes

    @property
    def public(self) -> bytes:
        """What the door wraps with."""
        return bytes(self._pair("door").public_key)

    @property
    def public_for_contact(self) -> bytes:
        """What the door wraps a reporter's name and number with, which only two people together may open."""
        return bytes(self._pair("contact").public_key)

    def open_door(self, wrapped: bytes | memoryview) -> bytes:
        """A tip's key as the door wrapped it."""
        return _opened_by(SealedBox(self._pair("door")), wrapped)

    def open_contact(self, wrapped: bytes | memoryview) -> bytes:
        """A reporter's name and number."""
        return _opened_by(SealedBox(self._pair("contact")), wrapped)

    def wrap(self, key: bytes) -> bytes:
        """A tip's key for the desk: opened thirty times as quickly as at the door."""
        return bytes(self._desk.encrypt(key))

    def unwrap(self, wrapped: bytes | memoryview) -> bytes:
        """A tip's key as the desk keeps it."""
        return _opened_by(self._desk, wrapped)

    @cached_property
    def _desk(self) -> SecretBox:
        """Made once: a search opens thousands of keys of a month."""
        return SecretBox(self._derived("desk"))

    def _pair(self, use: str) -> PrivateKey:
        return PrivateKey(self._derived(use))

    def _derived(self, use: str) -> bytes:
        return hashlib.blake2b(self.seed, digest_size=32, key=use.encode(), person=b"tip month").digest()


def _opened_by(box: "SealedBox[PrivateKey] | SecretBox", wrapped: bytes | memoryview) -> bytes:
    try:
        return box.decrypt(bytes(wrapped))
    except (CryptoError, ValueError, TypeError) as error:
        raise Broken("This key was not wrapped for its month.") from error


def wrap_at_door(key: bytes, public: bytes | memoryview) -> bytes:
    """A tip's key, or a reporter's contact, as whoever holds the month's secret opens it."""
    return bytes(SealedBox(PublicKey(bytes(public))).encrypt(key))


def make(name: str) -> MonthSecret:
    """Make a month's key and keep it; the one that is there already where somebody was quicker."""
    path = _path(name)
    if not path.exists():
        _write_first(path, _wrapped(random(_SEED), name))
    return read(name)


def read(name: str) -> MonthSecret:
    """A month's key. Raises MonthGone."""
    try:
        stat = _path(name).stat()
    except FileNotFoundError as error:
        raise MonthGone(f"The key of {name} is not in the folder of tip keys.") from error
    return _opened(name, str(_path(name)), stat.st_mtime_ns)


def is_there(name: str) -> bool:
    """Whether the key of a month still lies in the folder."""
    return _path(name).exists()


def destroy(name: str) -> None:
    """Overwrite a month's key and remove it. What lies under it can't be read by anybody from here on."""
    path = _path(name)
    with path.open("r+b") as file:
        file.write(random(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _sync(path.parent)
    _opened.cache_clear()


@dataclass(frozen=True)
class Moved:
    """Where a row's keys lie now: what `key_for_desk` and the beginning of `contact` would be under the newest key."""

    month: str
    key: bytes
    contact: bytes


def keep_moved(month: str, name: str, rows: Mapping[UUID, tuple[bytes, bytes]]) -> None:
    """Note under which key what survived a disposal lies, beside the key.

    A backup from before the disposal names the key that was destroyed: what survived is found by this note, what was
    disposed of by nobody.
    """
    said = {str(row): [key.hex(), contact.hex()] for row, (key, contact) in rows.items()}
    secrets.write(folder() / f"{month}.moved", (json.dumps({"to": name, "rows": said}),))
    _sync(folder())


def moved(name: str, row: UUID) -> Moved:
    """Where the key of a row lies whose month's key was destroyed. Raises MonthGone if it was disposed of."""
    path = folder() / f"{name.partition('.')[0]}.moved"
    said: dict[str, Any] = json.loads(path.read_text(encoding="ascii")) if path.exists() else {"to": "", "rows": {}}
    if str(row) not in said["rows"]:
        raise MonthGone(f"The key of {name} was destroyed.")
    key, contact = said["rows"][str(row)]
    return Moved(said["to"], bytes.fromhex(key), bytes.fromhex(contact))


def rewrap_all() -> int:
    """Put every month's key under the newest master key; how many there are."""
    names = sorted(each.name for each in folder().iterdir() if _MONTH.fullmatch(each.name)) if folder().exists() else []
    for name in names:
        secrets.write(_path(name), (_wrapped(read(name).seed, name).hex(),))
    _opened.cache_clear()
    return len(names)


def folder() -> Path:
    """Where they lie. On several hosts it is one place that all of them reach."""
    return Path(settings.TIP_KEYS)


@lru_cache(maxsize=64)
def _opened(name: str, path: str, _written: int) -> MonthSecret:
    wrapped = bytes.fromhex(Path(path).read_text(encoding="ascii").strip())
    for master in _masters():
        try:
            return MonthSecret(name, Aead(master).decrypt(wrapped, name.encode()))
        except CryptoError:
            continue
    raise MonthGone(f"The key of {name} is wrapped by a master key that is not in the ring.")


def _wrapped(seed: bytes, name: str) -> bytes:
    return bytes(Aead(_masters()[0]).encrypt(seed, name.encode()))


def _masters() -> list[bytes]:
    return [hashlib.blake2b(value.encode(), digest_size=32, person=b"tip master").digest() for value in _ring()]


@secrets.needed
def _ring() -> tuple[str, ...]:
    return secrets.ring(NAME)


def _path(name: str) -> Path:
    if not _MONTH.fullmatch(name):
        raise ValueError("A month's key is named like 2026-11.1.")
    return folder() / name


def _write_first(path: Path, wrapped: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secrets.write(path, (wrapped.hex(),), is_first=True)
    _sync(path.parent)


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
