"""Rotation of secrets: a new value goes in front of the ring, old ones stay until `--finish`, rooms do what follows.

A room that keeps something made with a secret (sealed rows, the database's own copy of a key) says so in its module
`rotation.py`:

    @rotating.follows("SEALING_KEY")
    def reseal() -> str: ...

It is called after a new value, and again before old ones are dropped; it is safe to repeat, and returns a sentence for
the person who rotates. If something still needs an old value it raises CannotRotate, and nothing is dropped. What can't
be done anew, but is over one day, holds the dropping back with `@rotating.holds_back("TIP_LINE_KEY")`.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shelterbelt.core import environment, secrets

Follow = Callable[[], str]
FOLLOWS: dict[str, list[Follow]] = {}
HOLD_BACK: dict[str, list[Follow]] = {}
_DAY = 24 * 60 * 60


class CannotRotate(Exception):
    """Why a secret can't be rotated now, as one sentence for the person who asked."""


def follows(name: str) -> Callable[[Follow], Follow]:
    """Have a function called when the secret's ring has changed."""
    if name not in secrets.NAMES:
        raise LookupError(name)

    def declare(function: Follow) -> Follow:
        FOLLOWS.setdefault(name, []).append(function)
        return function

    return declare


def holds_back(name: str) -> Callable[[Follow], Follow]:
    """Have a function asked before old values are dropped: a sentence if something still needs one, else empty."""
    if name not in secrets.NAMES:
        raise LookupError(name)

    def declare(function: Follow) -> Follow:
        HOLD_BACK.setdefault(name, []).append(function)
        return function

    return declare


def place(name: str) -> Path:
    """The file that keeps a secret: the one a setting names, or the one under HOME."""
    full = environment.PREFIX + name
    if os.environ.get(full) and f"{full}_FILE" not in os.environ:
        raise CannotRotate(
            f"{full} is set in the environment, which this command can't change. Put its value into a file, name that "
            f"in {full}_FILE instead (or leave both out: then HOME/secrets keeps it), and rotate again."
        )
    named = os.environ.get(f"{full}_FILE")
    return Path(named) if named else secrets.kept_at(name)


def values(name: str) -> tuple[str, ...]:
    """The ring as it is kept, newest first; empty where the secret was never made."""
    path = place(name)
    if not path.exists():
        return ()
    with _sentences(path):
        return tuple(line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def add(name: str) -> int:
    """Put a new value in front; how many older ones stay."""
    with _alone(name):
        ring = values(name)
        with _sentences(place(name)):
            secrets.write(place(name), (secrets.fresh(), *ring))
        return len(ring)


def drop_old(name: str) -> int:
    """Leave the newest value only; how many were dropped."""
    with _alone(name):
        ring = values(name)
        if not ring:
            raise CannotRotate(
                f"{name.lower()} was never made. Make it with: python -m shelterbelt rotate {name.lower()}"
            )
        with _sentences(place(name)):
            secrets.write(place(name), ring[:1])
        return len(ring) - 1


def days_since(name: str) -> float:
    """How long ago the ring last changed."""
    return (time.time() - place(name).stat().st_mtime) / _DAY


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One rotation of a secret at a time."""
    folder = place(name).parent
    with _sentences(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotRotate(f"{error.filename or path}: {error.strerror}.") from error
