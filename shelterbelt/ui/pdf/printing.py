"""Prints a sheet in a process of its own, so that a plan too large for the machine takes nothing down but that."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from shelterbelt.ui.pdf.limits import LARGEST, PATIENCE

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FONTS = ROOT / "build" / "fonts"
"""The theme's fonts, put there when the theme is built; without them Typst's own are used."""

_LONGEST_ANSWER = 1000


class CannotBePrinted(Exception):
    """There is no PDF: it took too long, too much memory, or holds what can't be set. Never says which words."""


def printed(
    template: Path, sheet: Mapping[str, Any], *, at: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of a sheet. CannotBePrinted if there is none. Pictures are by the names that the sheet uses."""
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        for name, content in (pictures or {}).items():
            (Path(folder) / name).write_bytes(content)
        (file,) = run(asked(template, sheet, folder=folder, at=at))
        return file


def asked(template: Path, sheet: Mapping[str, Any], *, folder: str, at: datetime) -> dict[str, Any]:
    """What the process is told."""
    return {
        "sources": {
            "main": template.read_text(),
            "parts.typ": (HERE / "parts.typ").read_text(),
            "sheet.json": json.dumps(sheet, ensure_ascii=False),
        },
        "pictures": folder,
        "fonts": str(FONTS) if FONTS.is_dir() else "",
        "at": int(at.timestamp()),
    }


def run(what: dict[str, Any]) -> list[bytes]:
    """The files that the process makes of what it is asked. CannotBePrinted if it makes none."""
    return _told(_ended(what))


def _ended(what: dict[str, Any]) -> "subprocess.CompletedProcess[bytes]":
    bare = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "2"}
    try:
        return subprocess.run(
            [sys.executable, "-m", "shelterbelt.ui.pdf"], input=json.dumps(what).encode(), env=bare,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise CannotBePrinted from error


def _told(ended: "subprocess.CompletedProcess[bytes]") -> list[bytes]:
    """The files, believed only as far as their lengths make sense: the process held a stranger's drawing."""
    lengths, _, content = ended.stdout.partition(b"\n")
    if ended.returncode or len(content) > LARGEST or len(lengths) > _LONGEST_ANSWER:
        raise CannotBePrinted
    try:
        each = [int(length) for length in json.loads(lengths)]
    except (ValueError, TypeError) as error:
        raise CannotBePrinted from error
    ends = list(accumulate(each))
    if not ends or min(each) < 1 or ends[-1] != len(content):
        raise CannotBePrinted
    return [content[end - length : end] for length, end in zip(each, ends, strict=True)]
