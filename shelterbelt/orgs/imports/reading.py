"""Read a CSV (plain or .gz) or XLSX file into columns of text. What it can't read is a sentence, never a guess."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from shelterbelt.orgs.imports import workbook
from shelterbelt.orgs.imports.problems import Findings, UnreadableFileError
from shelterbelt.orgs.imports.workbook import MOST_CELLS, Grid

GZIP, ZIP, OLD_EXCEL = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

UNPACKED = 4
"""A packed file may unpack to this many times the limit for uploads."""
MOST_ROWS = 1_000_000
LONGEST_LINE = 1_000_000


@dataclass
class Sheet:
    """A file's columns by header. `rows[i]` is the row number a person sees in front of `columns[...][i]`."""

    headers: list[str]
    rows: list[int]
    columns: dict[str, list[str]]
    numeric: dict[str, set[int]] = field(default_factory=dict)
    """Per column, the places whose cells a spreadsheet keeps as numbers: leading zeros are already gone there."""

    def __len__(self) -> int:
        return len(self.rows)


def read_sheet(file: BinaryIO, findings: Findings, *, limit_mb: int) -> Sheet:
    """Read the whole file. UnreadableFileError says what is wrong with it as a whole."""
    content = file.read(limit_mb * 1024 * 1024 + 1)
    if len(content) > limit_mb * 1024 * 1024:
        raise UnreadableFileError(_("The file is larger than %(limit)s MB.") % {"limit": limit_mb})
    most = limit_mb * 1024 * 1024 * UNPACKED
    if content.startswith(GZIP):
        content = _unpacked(content, most)
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UnreadableFileError(_("The file is empty."))
    if content.startswith(OLD_EXCEL):
        raise UnreadableFileError(_("This is an old Excel file (.xls). Save it as .xlsx or .csv and send that."))
    if content.startswith(ZIP):
        return _from_grid(_workbook_grid(content, findings), findings)
    return _from_grid(_csv_grid(content, _encoding(content, findings)), findings)


def _unpacked(content: bytes, most: int) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(_("The .gz file is damaged: it can't be unpacked. Send it again.")) from error
    if len(unpacked) > most:
        raise UnreadableFileError(_("The file unpacks to more than %(limit)s MB.") % {"limit": most // 1024 // 1024})
    return unpacked


def _encoding(content: bytes, findings: Findings) -> str:
    """In which encoding all of it can be read."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _tried(content, "utf-16")
    if b"\x00" in content:
        raise UnreadableFileError(_("This isn't a table in text form. Send a CSV file in UTF-8, or an XLSX file."))
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        encoding = _tried(content, "cp1252")
        findings.warn(
            line,
            "",
            _("The file isn't in UTF-8. It was read as Windows Western European (cp1252); look at its accents."),
        )
        return encoding
    return "utf-8-sig"


def _tried(content: bytes, encoding: str) -> str:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(
            _("Row %(line)s holds letters in an encoding that isn't known. Save the file as CSV UTF-8 and send that.")
            % {"line": line}
        ) from error
    return encoding


def _csv_grid(content: bytes, encoding: str) -> Grid:
    """Read row by row, so that a file of nothing but commas is refused before it fills the memory."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    first = text.readline(LONGEST_LINE)
    text.seek(0)
    reader = csv.reader(_lines(text), delimiter=max(",;\t|", key=first.count))
    rows, numbers, before, cells = [], [], 0, 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
                numbers.append(before + 1)
                cells += len(row)
                _within_bounds(cells, len(rows))
            before = reader.line_num
    except csv.Error as error:
        raise UnreadableFileError(
            _("Row %(line)s can't be read: its quotes don't match, or a cell never ends.") % {"line": before + 1}
        ) from error
    return Grid(rows, numbers)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise UnreadableFileError(_("A row of the file has more than a million letters. Is it a table?"))
        yield line


def _within_bounds(cells: int, rows: int) -> None:
    if rows > MOST_ROWS or cells > MOST_CELLS:
        raise UnreadableFileError(
            _("The table is too large: a file may have up to %(rows)s rows and %(cells)s cells. Send it in parts.")
            % {"rows": f"{MOST_ROWS:,}", "cells": f"{MOST_CELLS:,}"}
        )


def _workbook_grid(content: bytes, findings: Findings) -> Grid:
    try:
        grid = workbook.opened(content)
    except workbook.DamagedError as error:
        raise UnreadableFileError(_("This isn't an XLSX file that can be read. Save it again, or as CSV.")) from error
    except workbook.TooLargeError as error:
        raise UnreadableFileError(
            _("The workbook holds more than we open: cells far out, or too many. Save the sheet as CSV and send that.")
        ) from error
    _within_bounds(0, len(grid.rows))
    if len(grid.sheets) > 1:
        findings.warn(0, "", _("Only the first sheet, %(name)s, was read.") % {"name": grid.sheets[0]})
    return grid


def _from_grid(grid: Grid, findings: Findings) -> Sheet:
    if not grid.rows:
        raise UnreadableFileError(_("The file is empty."))
    _without_nul(grid, findings)
    headers = _headers(grid.rows[0], findings)
    body, numbers = _whole_rows(grid, len(grid.rows[0]), findings)
    by_column = list(zip(*body, strict=True)) if body else [()] * len(grid.rows[0])
    columns = {header: [cell.strip() for cell in by_column[place]] for place, header in headers.items()}
    numeric = {headers[place]: marks for place, marks in grid.numeric.items() if place in headers}
    if not body:
        findings.error(0, "", _("The file has a header and no rows."))
    return Sheet(list(headers.values()), numbers, columns, numeric)


def _without_nul(grid: Grid, findings: Findings) -> None:
    """Say where the letter U+0000 stands, which no database keeps and nobody sees, and go on without it."""
    for row, number in zip(grid.rows, grid.numbers, strict=True):
        if "\x00" not in "".join(row):
            continue
        for place, cell in enumerate(row):
            if "\x00" in cell:
                column = grid.rows[0][place].strip() if place < len(grid.rows[0]) else ""
                findings.error(number, column.replace("\x00", ""), _("This cell holds a letter that is none (U+0000)."))
        row[:] = [cell.replace("\x00", "") for cell in row]


def _headers(cells: list[str], findings: Findings) -> dict[int, str]:
    """Place to header; a header without a name is left out, one that stands twice is an error."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        name = cell.strip()
        if name in found.values():
            findings.error(1, name, _("This column stands twice in the file."))
        elif name:
            found[place] = name
    return found


def _whole_rows(grid: Grid, width: int, findings: Findings) -> tuple[list[list[str]], list[int]]:
    """The rows below the header, each as wide as it. A row with too many or too few cells is an error."""
    body = []
    for row, number in zip(grid.rows[1:], grid.numbers[1:], strict=True):
        if len(row) != width:
            findings.error(
                number,
                "",
                _("This row has %(cells)s cells; the header has %(width)s.") % {"cells": len(row), "width": width},
            )
        body.append((row + [""] * width)[:width])
    return body, grid.numbers[1:]
