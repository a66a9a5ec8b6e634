"""What must hold of every answer, whatever was asked."""

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection
from psycopg import sql

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core.problems import MEDIA_TYPE, PROGRAMS
from tests.attack.fuzzing import hostile
from tests.attack.fuzzing.raw import Answer, Sent
from tests.attack.world import SECRET, TODAY, World

SEES_ALL = frozenset({"state_office"})
"""Offices that see, and partly change, every district by right."""
LONGEST_SECONDS = 10.0
LONGEST_BODY = 5_000_000
TRACES = ("Traceback (most recent call last)", "psycopg.", "django.db.utils", "/site-packages/", "SELECT ")
ORG_COLUMNS = ("org_id", "school_id", "agency_id", "member_id")


def faults(sent: Sent, answer: Answer, role: str) -> list[str]:
    """Everything that is wrong with an answer."""
    found = []
    if answer.status >= 500:
        found.append(f"{answer.status}")
    if answer.seconds > LONGEST_SECONDS:
        found.append(f"took {answer.seconds:.1f} seconds")
    # What was typed is shown again, with its quotes written out.
    if len(answer.body) > LONGEST_BODY + 8 * len(sent.body):
        found.append(f"{len(answer.body)} bytes long")
    if role not in SEES_ALL and SECRET in _readable(answer):
        found.append("tells something of the foreign district")
    if answer.kind == "text/html" and hostile.MARK in answer.text:
        found.append("puts what was sent into the page as it is")
    if any(trace in answer.text for trace in TRACES) and answer.kind in {"text/html", "text/plain", MEDIA_TYPE}:
        found.append("shows the inside")
    if any("\r" in value or "\n" in value for value in answer.headers.values()):
        found.append("has a header in a header")
    if (
        answer.headers.get("location", "")
        .lstrip("/\\")
        .lower()
        .startswith(("evil.example", "http://evil", "https://evil"))
    ):
        found.append("leads to another site")
    return found + _of_the_api(sent, answer)


def _of_the_api(sent: Sent, answer: Answer) -> list[str]:
    if not sent.path.startswith(f"{PROGRAMS}v1/") or sent.path == f"{PROGRAMS}v1/" or answer.status in {301, 302}:
        return []
    if answer.kind not in {"application/json", MEDIA_TYPE}:
        return [f"answers a program with {answer.kind!r}"]
    try:
        told = json.loads(answer.body or b"{}")
    except ValueError:
        return ["answers a program with broken JSON"]
    if answer.status >= 400 and answer.body and not (isinstance(told, dict) and told.get("status") == answer.status):
        return ["is no problem as RFC 9457 has it"]
    return []


def _readable(answer: Answer) -> str:
    """The text of an answer; a workbook's is inside of it."""
    if answer.body[:2] != b"PK":
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        return " ".join(book.read(name).decode("utf-8", errors="replace") for name in book.namelist())


class ForeignRows:
    """A digest of everything that belongs to the foreign district, read by the owner of the tables."""

    def __init__(self, world: World, as_owner: Callable[[], AbstractContextManager[None]]) -> None:
        self.as_owner = as_owner
        self.orgs = [things.org.pk for things in world.foreign()]
        self.people = [person.pk for person in world.strangers.values()]
        self.query = self._query()

    def _query(self) -> sql.Composed:
        with self.as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                " where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped"
                " and (a.attname = any (%s) or (c.relname, a.attname) in (('orgs_org', 'id'), ('people_person', 'id'),"
                " ('people_appointment', 'person_id'))) order by 1, 2",
                [list(ORG_COLUMNS)],
            )
            belongs = cursor.fetchall()
        parts = [
            sql.SQL("select {name} as name, t::text as line from {table} t where {column} = any ({ids})").format(
                name=sql.Literal(f"{table}.{column}"),
                table=sql.Identifier(table),
                column=sql.Identifier(column),
                ids=sql.Literal(self.people if "person" in (table + column) and column != "org_id" else self.orgs),
            )
            for table, column in belongs
        ]
        return sql.SQL("select name, md5(string_agg(line, '' order by line)) from ({}) as rows group by 1").format(
            sql.SQL(" union all ").join(parts)
        )

    def digest(self) -> dict[str, Any]:
        """A number for the present rows of each table."""
        with self.as_owner(), acting_as_system("install", today=TODAY, reason="compare"), connection.cursor() as cursor:
            cursor.execute(self.query)
            return dict(cursor.fetchall())
