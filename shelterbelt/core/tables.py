"""A small table as a file that people open in a spreadsheet. Large ones are streamed where they are made."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter

from shelterbelt.core.text import defused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
Row = Sequence[str | int | float | date | None]


def as_csv(rows: Iterable[Row]) -> bytes:
    """With a mark by which spreadsheets know UTF-8; no cell is a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([defused(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(rows: Iterable[Row], *, title: str) -> bytes:
    """One sheet with its head row standing still."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet(title[:31])
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [defused(cell) for cell in row])
        sheet.freeze_panes(1, 0)
    return content.getvalue()
