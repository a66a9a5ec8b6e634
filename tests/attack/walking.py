"""Asks every address as somebody, without a browser, and takes back whatever it did."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shelterbelt.core import clock
from shelterbelt.people.models import Person
from tests.attack.samples import RECORDS, Page

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_CHANGING = re.compile(
    r'(name="csrfmiddlewaretoken" value=")[^"]*|(nonce[=-]"?)[\w+/=-]*|(data-token=")[^"]*|\b[0-9a-f]{32}\b|'
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    page: Page
    method: str
    status: int
    goes_to: str
    text: str
    asked: tuple[str, ...] = ()
    """The questions put to the database, without their values."""

    @property
    def is_shown(self) -> bool:
        """Whether they got what they asked for, and were not sent to the sign-in."""
        return self.status < 400 and "/sign-in/" not in self.goes_to

    def without(self, values: dict[str, Any]) -> "Answer":
        """The same with the words of the address, and what differs with each answer, left out."""
        text = _CHANGING.sub("…", self.text)
        for name in set(self.page.converters) & set(RECORDS):
            # As part of an address: a small number stands in many a page by chance.
            key = re.escape(str(values[name]))
            text = re.sub(rf"(?<=/){key}(?=[/?\"])|(?<=%2F){key}(?=%2F)", "…", text)
        return Answer(self.page, self.method, self.status, "", text, self.asked)


def somebody(person: Person | None) -> Client:
    """A browser of this person's, or of nobody's."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
        _prove(client)
    return client


def _prove(client: Client) -> None:
    """They have just proved that it is they, so that what asks for that is walked too."""
    session: Any = client.session
    assert session["_auth_user_id"]  # read first, or reading would put back what is written
    session.reauthenticated_at = clock.now()
    session.save()


def ask(client: Client, page: Page, method: str, values: dict[str, Any], *, questions: bool = False) -> Answer:
    """One request, undone afterwards."""
    path = page.filled(values)
    send: Callable[..., Any] = getattr(client, method.lower())
    # Listening makes every question to the database cost a fifth more.
    heard: AbstractContextManager[Any] = CaptureQueriesContext(connection) if questions else nullcontext()
    with transaction.atomic(), heard as queries:
        cookies = client.cookies.copy()
        response = send(path, secure=False)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        asked = tuple(_bare(query["sql"]) for query in queries.captured_queries) if questions else ()
        client.cookies = cookies
        transaction.set_rollback(True)
    return Answer(
        page,
        method,
        response.status_code,
        response.headers.get("Location", ""),
        body.decode(errors="replace"),
        asked,
    )


def _bare(statement: str) -> str:
    """A question without the values in it."""
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b|_x\d+", "?", statement)
