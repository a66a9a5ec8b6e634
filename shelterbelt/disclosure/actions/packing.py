"""The package of an answer: a letter, the open files, and a table of what is kept closed and why. No more than that."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO

from django.template.loader import render_to_string
from django.utils.text import get_valid_filename
from django.utils.timezone import localtime

from shelterbelt.core.storage import file_store
from shelterbelt.core.tables import as_csv
from shelterbelt.disclosure.models import RecordsRequest, RequestedRecord
from shelterbelt.disclosure.queries import our_law

IN_MEMORY = 4 * 1024 * 1024
_A_PIECE = 64 * 1024
Given = RequestedRecord.Given


@contextmanager
def packed(asked: RecordsRequest, parts: Sequence[RequestedRecord]) -> Iterator[IO[bytes]]:
    """The ZIP file, at its beginning. Large ones wait on disk."""
    moment = localtime(asked.closed_at)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _written(asked, parts):
                archive.writestr(zipfile.ZipInfo(name, moment.timetuple()[:6]), content)
            for number, part in enumerate(parts, start=1):
                if part.document is not None and part.given != Given.CLOSED:
                    _copy(archive, zipfile.ZipInfo(_name(number, part), moment.timetuple()[:6]), part.document.sha256)
        file.seek(0)
        yield file


def _written(asked: RecordsRequest, parts: Sequence[RequestedRecord]) -> Iterator[tuple[str, bytes]]:
    names = {each.id: each.name for each in our_law().records}
    rows = [(_name(n, part), part, names[part.records]) for n, part in enumerate(parts, start=1)]
    shown = {
        "asked": asked,
        "org": asked.org,
        "given": [row for row in rows if row[1].given != Given.CLOSED],
        "closed": [row for row in rows if row[1].given != Given.OPEN],
    }
    yield "answer.txt", render_to_string("disclosure/package/answer.txt", shown).strip().encode() + b"\n"
    if shown["closed"]:
        head = [("record", "class", "what is given", "ground", "determined on", "harm", "public interest")]
        yield "closed.csv", as_csv(head + [_row(part, kind) for _, part, kind in rows if part.determination])


def _row(part: RequestedRecord, kind: str) -> tuple[str, ...]:
    ground = part.determination
    if ground is None:
        raise ValueError("Only what is closed stands in this table.")
    day = ground.from_on.isoformat()
    return (part.title, kind, str(part.get_given_display()), ground.citation, day, ground.harm, ground.interest)


def _name(number: int, part: RequestedRecord) -> str:
    return f"open/{number:02d}-{get_valid_filename(part.document.name)}" if part.document is not None else ""


def _copy(archive: zipfile.ZipFile, name: zipfile.ZipInfo, sha256: str) -> None:
    with file_store().open(sha256) as source, archive.open(name, "w") as target:
        while piece := source.read(_A_PIECE):
            target.write(piece)
