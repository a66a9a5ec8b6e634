"""Keys and other secrets: from the environment, from files, or kept under HOME where the database is ours too.

A secret is a ring: the newest value first, older ones after it, so that what was made with an old one stays readable
while it is rotated (`python -m shelterbelt rotate NAME`). Names in use: docs/reference/settings.md.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from shelterbelt.core import environment
from shelterbelt.core.environment import SettingError

MEANINGS = {
    "SECRET_KEY": "Signs sessions and links.",
    "SCOPE_KEY": "Seals who acts in the database, so that smuggled SQL can't be somebody else.",
    "SEALING_KEY": "Seals what must not be read from the database alone: second factors, sessions, kept forms.",
    "AUDIT_SIGNING_KEY": "Signs the last link of the audit trail each day.",
    "TIP_MASTER_KEY": (
        "Wraps the keys of months, under which the keys of tips lie. The tip line's process must not have it."
    ),
    "TIP_LINE_KEY": (
        "Hashes reporters' codes and signs the tip line's forms. The tip line's process needs no other secret."
    ),
    "PUSH_KEY": "Signs notifications for push services; browsers subscribe with its public half.",
}
"""What each secret is for."""
NAMES = tuple(MEANINGS)
"""Every secret there is: what `rotate` knows, and what a backup keeps wherever the site keeps it."""
Reads = TypeVar("Reads", bound=Callable[[], Any])


def ring(name: str) -> tuple[str, ...]:
    """All values of a secret, newest first.

    Raises SettingError where it is missing and must not be made up: with a database of your own, several hosts share
    it, and each making its own would be found out when somebody can't get in.
    """
    given = _given(name)
    if given:
        return _values(given)
    if f"{environment.PREFIX}{name}_FILE" in os.environ:
        raise SettingError(f"The file that {environment.PREFIX}{name}_FILE names is empty.")
    path = kept_at(name)
    if not path.exists():
        if _database_is_shared():
            raise SettingError(
                f"{environment.PREFIX}{name} is missing. Set it, or {environment.PREFIX}{name}_FILE, or make it once "
                f"with: python -m shelterbelt rotate {name.lower()}"
            )
        keep(name, (fresh(),))
    values = _values(_read(path))
    if not values:
        raise SettingError(f"The secret in {path} is empty. Restore the file, or remove it to have it made anew.")
    return values


def make_known() -> None:
    """Have every secret on the page of settings, without asking for the values that no setting gives."""
    for name in NAMES:
        _given(name)


def _given(name: str) -> str:
    meaning = f"{MEANINGS[name]} Kept in HOME/secrets when empty; several lines: newest first."
    return environment.text(name, "", meaning)


def _database_is_shared() -> bool:
    """Whether the database is one of the site's own, which other hosts may use too."""
    return bool(os.environ.get("DATABASE_URL")) or bool(
        os.environ.get("DATABASE_APP_URL") and not os.environ.get("SHELTERBELT_EMBEDDED_AT")
    )


READ: list[Callable[[], object]] = []
"""What reads each secret that a process needs, for require_all()."""


def needed(read: Reads) -> Reads:
    """Have a secret that this function reads asked for when a process starts, not when it is first used."""
    READ.append(read)
    return read


def require_all() -> None:
    """Raise SettingError for a needed secret that is missing."""
    for read in READ:
        read()


def newest(name: str) -> str:
    """The value to make new things with."""
    return ring(name)[0]


def fresh() -> str:
    """A new value: 384 random bits in the 64 letters that a block of SHA-256 has, all of which a setting can hold."""
    return secrets.token_urlsafe(48)


def kept_at(name: str) -> Path:
    """The file that keeps a secret no setting gives."""
    return environment.home() / "secrets" / name.lower()


def is_given(name: str) -> bool:
    """Whether the environment gives it, itself or as a file."""
    return bool(os.environ.get(environment.PREFIX + name)) or f"{environment.PREFIX}{name}_FILE" in os.environ


def keep(name: str, values: tuple[str, ...]) -> None:
    """Write a ring to its file, which this account alone can read; whole or not at all."""
    write(kept_at(name), values, is_first=len(values) == 1)


def write(path: Path, values: tuple[str, ...], *, is_first: bool = False, like: Path | None = None) -> None:
    """Write a ring to a file; the first of all only where nobody else was quicker.

    It may be read by whoever may read the file it replaces, or that it is said to be like.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        new.touch(mode=0o600)
        _same_readers(like or path, new)
        new.write_text("\n".join(values) + "\n", encoding="utf-8")
        if is_first:
            _first(new, path)
        else:
            new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _same_readers(known: Path, new: Path) -> None:
    """Give a new file the mode of one that is there, and, as the system's administrator, its owner."""
    if known.exists():
        found = known.stat()
        if os.geteuid() == 0:
            os.chown(new, found.st_uid, found.st_gid)
        new.chmod(found.st_mode & 0o777)


def _first(new: Path, path: Path) -> None:
    """Two processes that make a secret at once agree on one: whoever comes second keeps the other's."""
    try:
        os.link(new, path)
    except FileExistsError:
        return


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingError(f"The secret in {path} can't be read: {error.strerror}.") from error


def _values(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
