"""Reads the files in which plans' outlines and lists are data: ours, or a state's own of the same name."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shelterbelt.core import environment

_OURS = Path(__file__).resolve().parent.parent / "data"


@cache
def read_data(name: str) -> dict[str, Any]:
    """A file of data/, or the one that stands in its place in the folder of SHELTERBELT_PLAN_DATA.

    Raises SettingError for a file that can't be read. Start the processes again after changing one.
    """
    path = _path(name)
    try:
        return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, TypeError, ValueError) as error:
        raise environment.SettingError(f"{path} can't be read as data of emergency plans: {error}") from error


def files_in(folder: str) -> list[str]:
    """The names, without ending, of the files in a folder of data/: ours and a state's own."""
    found = {path.stem for base in _folders() for path in (base / folder).glob("*.yaml")}
    return sorted(found)


def _folders() -> list[Path]:
    own = environment.text(
        "PLAN_DATA", "", "Folder with files of your own in place of those in shelterbelt/plans/data; empty: none."
    )
    return [Path(own), _OURS] if own else [_OURS]


def _path(name: str) -> Path:
    return next((base / name for base in _folders() if (base / name).exists()), _OURS / name)
