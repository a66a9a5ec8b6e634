"""Writes rows as COPY reads them, without a connection."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from shelterbelt.demo.world import Row

AT_ONCE = 2_000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def write_file(path: Path, rows: Iterable[Row]) -> int:
    """Write rows into a file in COPY's text format; how many."""
    many, source = 0, iter(rows)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        while some := list(islice(source, AT_ONCE)):
            many += len(some)
            file.writelines(["\t".join(map(_text, row)) + "\n" for row in some])
    return many


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPED) if not value.isprintable() or "\\" in value else value
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    return str(value)  # PostgreSQL reads numbers, days, moments, ids, True and False as Python writes them
