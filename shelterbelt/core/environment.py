"""Reads settings from the environment, each with its meaning, and refuses a value it does not understand."""

import os
from dataclasses import dataclass
from pathlib import Path

PREFIX = "SHELTERBELT_"
ROOT = Path(__file__).resolve().parent.parent.parent
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


def one_of(name: str, choices: tuple[str, ...], meaning: str) -> str:
    """A setting with few possible values; the first is the default."""
    value = _read(name, choices[0], f"{meaning} One of: {', '.join(choice or 'empty' for choice in choices)}.")
    if value not in choices:
        raise SettingError(f"{PREFIX}{name} must be one of {', '.join(filter(None, choices))}, not {value!r}.")
    return value


def words(name: str, default: str, meaning: str) -> list[str]:
    """A list setting, written with commas."""
    return [word.strip() for word in _read(name, default, meaning).split(",") if word.strip()]


def home() -> Path:
    """The folder that holds what this installation keeps on disk."""
    return Path(text("HOME", str(ROOT / "var"), "Folder for the embedded database, files and secrets.")).resolve()


def page() -> str:
    """docs/reference/settings.md: every setting read so far, with its default and meaning."""
    rows = "".join(
        f"| `{setting.name}` | {_default(setting.default)} | {setting.meaning} |\n"
        for setting in sorted(KNOWN.values(), key=lambda setting: setting.name)
    )
    return (
        "# Settings\n\n"
        "Every setting is an environment variable. `NAME_FILE` may name a file that holds the value instead. "
        "A value that isn't understood stops the program with a sentence.\n\n"
        "This page is printed by `python -m shelterbelt settings_page`.\n\n"
        "| Setting | Default | Meaning |\n| --- | --- | --- |\n" + rows
    )


def _default(value: str) -> str:
    shown = value.removeprefix(f"{ROOT}/")
    return f"`{shown}`" if shown else "none"
