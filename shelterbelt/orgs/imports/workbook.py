"""Opens an XLSX file in a process of its own, with so much memory and time and no more.

A small file can hold a table that no machine could: a cell in the last row of the last column, or megabytes of zeros.
The process that opens it may end; the worker tells a sentence and goes on. It knows no secret and no database.
"""

import io
import json
import os
import resource
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import python_calamine

from shelterbelt.core.packed import is_reasonable

MOST_CELLS = 5_000_000
MEMORY = 2 * 1024**3
SECONDS = 90
CRASHED, UNREADABLE, TOO_LARGE = 1, 3, 4
"""How the process ends by itself; any other end means that it was stopped for its memory or time."""
NO_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error)
"""How zipfile says that a file is damaged, is packed in a way it doesn't know, or has names that are no text."""
ROOT = Path(__file__).resolve().parents[3]


class TooLargeError(Exception):
    """It needs more cells, memory or time than one file is given."""


class DamagedError(Exception):
    """It is no workbook, or a damaged one."""


@dataclass
class Grid:
    """Rows of cells as text, with the numbers a person sees beside them."""

    rows: list[list[str]]
    numbers: list[int]
    numeric: dict[int, set[int]] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)


def opened(content: bytes) -> Grid:
    """The first sheet. TooLargeError or DamagedError if it can't be had."""
    command = [sys.executable, "-m", __name__]
    bare = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}
    try:
        ended = subprocess.run(command, input=content, env=bare, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise TooLargeError from error
    if ended.returncode in {CRASHED, UNREADABLE}:
        raise DamagedError
    if ended.returncode:
        raise TooLargeError
    told = json.loads(ended.stdout)
    numeric = {int(column): set(places) for column, places in told["numeric"].items()}
    return Grid(told["rows"], told["numbers"], numeric, told["sheets"])


def main() -> int:
    """What the process does: read a workbook, write its first sheet as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return _write(io.BytesIO(sys.stdin.buffer.read()))
    except (*NO_ZIP, python_calamine.CalamineError, IndexError):
        return UNREADABLE
    except MemoryError:
        return TOO_LARGE


def _write(file: io.BytesIO) -> int:
    if not is_reasonable(file):
        return TOO_LARGE
    zipfile.ZipFile(file).close()
    file.seek(0)
    book = python_calamine.CalamineWorkbook.from_filelike(file)
    sheet = book.get_sheet_by_index(0)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        return TOO_LARGE
    grid = _grid(sheet)
    numeric = {column: sorted(places) for column, places in grid.numeric.items()}
    told = {"rows": grid.rows, "numbers": grid.numbers, "sheets": book.sheet_names, "numeric": numeric}
    json.dump(told, sys.stdout)
    return 0


def _grid(sheet: python_calamine.CalamineSheet) -> Grid:
    grid = Grid([], [])
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        texts = [_text(cell) for cell in row]
        if not any(text.strip() for text in texts):
            continue
        place = len(grid.rows) - 1  # the header stands at -1
        for column, cell in enumerate(row):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                grid.numeric.setdefault(column, set()).add(place)
        grid.rows.append(texts)
        grid.numbers.append(number)
    return grid


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    sys.exit(main())
