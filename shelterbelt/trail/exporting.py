"""The trail as a file: CSV for people, JSON lines for programs."""

import csv
import io
import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder

from shelterbelt.core.text import defused
from shelterbelt.trail import queries, words
from shelterbelt.trail.queries import Search

MOST = 100_000
"""Entries in one file. More are asked for in several, by days."""
COLUMNS = (
    "entry", "at", "actor", "who", "acting_for", "verb", "thing", "record", "organisation", "reason", "request",
    "before", "after",
)  # fmt: skip
FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


def lines(search: Search, form: str) -> Iterator[bytes]:
    """The file, batch by batch."""
    if form == "csv":
        yield _row(COLUMNS)
    for batch in queries.every(search, most=MOST):
        write = _as_csv if form == "csv" else _as_json
        yield b"".join(write(told) for told in words.tell(batch))


def _values(told: words.Told) -> tuple[object, ...]:
    entry = told.entry
    return (
        entry.pk, entry.at.isoformat(), entry.actor, told.who, told.as_whom, entry.verb, entry.thing, entry.thing_id,
        told.where, entry.reason, entry.request, entry.before, entry.after,
    )  # fmt: skip


def _as_json(told: words.Told) -> bytes:
    return _json(dict(zip(COLUMNS, _values(told), strict=True))).encode() + b"\n"


def _as_csv(told: words.Told) -> bytes:
    *plain, before, after = _values(told)
    rows = ("" if row is None else _json(row) for row in (before, after))
    return _row((*plain, *rows))


def _json(value: object) -> str:
    """Amounts and scores are written as text, so that no program rounds them."""
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _row(values: tuple[object, ...]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([defused(value) for value in values])
    return line.getvalue().encode()
