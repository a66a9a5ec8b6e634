"""Reads what is published about buying: methods, products, clauses, scoring and funding, each version in its own file.

A file is called <key>-<version>.yaml. A state adds files, or puts its own in place of ours, in a folder of its own. The
versions stay, because an evaluation is read by the version under which it was made.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from shelterbelt.core import environment

_OURS = Path(__file__).resolve().parent.parent / "data"


class Published(BaseModel):
    """What every published file says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    version: int
    effective_from: date
    title: str
    what: str = ""
    source: str
    basis: str
    """read: in a source; recalled: general knowledge, to be checked; proposed: ours."""
    changed: str
    """What differs from the version before, in a sentence."""


P = TypeVar("P", bound=Published)


def own_folder() -> Path | None:
    """Where a state keeps its own files; None if it has none."""
    named = environment.text(
        "BUYING_RULES",
        "",
        "Folder with product templates, contract clauses and evaluation methods of your own, beside or in place of "
        "those in shelterbelt/assessments/data; empty: none.",
    )
    return Path(named) if named else None


def versions(kind: type[P], folder: str) -> Mapping[str, tuple[P, ...]]:
    """Everything published in a folder: by key, its versions in order. SettingError names a file that can't be read."""
    found: Mapping[str, tuple[P, ...]] = _read_all(kind, folder, own_folder())
    return found


@cache
def _read_all(kind: type[P], folder: str, own: Path | None) -> Mapping[str, tuple[P, ...]]:
    found: dict[str, dict[int, P]] = {}
    for path in _files(folder, own):
        read = _read(kind, path)
        if path.stem != f"{read.key}-{read.version}":
            raise environment.SettingError(f"{path} holds {read.key}, version {read.version}; name it so.")
        found.setdefault(read.key, {})[read.version] = read
    return {key: tuple(some[number] for number in sorted(some)) for key, some in sorted(found.items())}


def in_force(published: tuple[P, ...], on: date) -> P:
    """The version that holds on a day; before the first of them, the first."""
    return next((each for each in reversed(published) if each.effective_from <= on), published[0])


def numbered(published: tuple[P, ...], version: int) -> P:
    """One version; KeyError if it isn't here any more."""
    for each in published:
        if each.version == version:
            return each
    raise KeyError(version)


def _files(folder: str, own: Path | None) -> list[Path]:
    """Ours first, so that a state's file of the same name takes its place."""
    places = [_OURS / folder, *([own / folder] if own else [])]
    return [path for place in places if place.is_dir() for path in sorted(place.glob("*.yaml"))]


def _read(kind: type[P], path: Path) -> P:
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return kind.model_validate(content)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise environment.SettingError(f"{path} can't be read: {error}") from error
