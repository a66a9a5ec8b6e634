"""Reads settings from the environment, each with its meaning, and refuses a value it does not understand."""

import os
from dataclasses import dataclass
from pathlib import Path

PREFIX = "SHELTERBELT_"
KNOWN: dict[str, "Setting"] = {}


@dataclass(frozen=True)
class Setting:
    """One line of docs/reference/settings.md."""

    name: str
    default: str
    meaning: str


class SettingError(Exception):
    """A setting is missing or not understood. The message is one sentence for the person who set it."""


def _read(name: str, default: str, meaning: str) -> str:
    """The value of `name`, or of the file that `name`_FILE points to (for secrets), or the default."""
    full = name if name == "DATABASE_URL" or name.startswith("DATABASE_") else PREFIX + name
    KNOWN[full] = Setting(full, default, meaning)
    path = os.environ.get(full + "_FILE")
    if path is None:
        return os.environ.get(full, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{full}_FILE names {path}, which can't be read: {error.strerror}.") from error


def text(name: str, default: str, meaning: str) -> str:
    """A text setting."""
    return _read(name, default, meaning)


def flag(name: str, *, default: bool, meaning: str) -> bool:
    """A yes-or-no setting: only `true` and `false` are understood."""
    value = _read(name, str(default).lower(), meaning)
    if value not in {"true", "false"}:
        raise SettingError(f"{PREFIX}{name} must be true or false, not {value!r}.")
    return value == "true"


def number(name: str, default: int, meaning: str) -> int:
    """A whole-number setting."""
    value = _read(name, str(default), meaning)
    if not value.isdigit():
        raise SettingError(f"{PREFIX}{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str, default: str, meaning: str) -> list[str]:
    """A list setting, written with commas."""
    return [word.strip() for word in _read(name, default, meaning).split(",") if word.strip()]
