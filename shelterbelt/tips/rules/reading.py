"""Reads the files in which the tip line's rules are data: ours, or a state's own of the same name."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shelterbelt.core import environment

_OURS = Path(__file__).resolve().parent.parent / "data"


@cache
def read_rules(name: str) -> dict[str, Any]:
    """A file of data/, or the one that stands in its place in the folder of SHELTERBELT_TIP_RULES.

    Raises SettingError for a file that can't be read. Start the processes again after changing one.
    """
    own = environment.text(
        "TIP_RULES", "", "Folder with files of your own in place of those in shelterbelt/tips/data; empty: none."
    )
    path = Path(own) / name if own and (Path(own) / name).exists() else _OURS / name
    try:
        return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, TypeError, ValueError) as error:
        raise environment.SettingError(f"{path} can't be read as rules of the tip line: {error}") from error
