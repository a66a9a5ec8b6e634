"""Searches what was said, though it is sealed: tip by tip, the newest first, opened in memory and forgotten at once.

Nothing is kept between two searches, no index and no cache: 30,000 tips are opened anew in well under a second
(docs/benchmarks.md), and what isn't kept can't leak. Row security and the filter say which tips are looked into.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules.searching import holds, parts_of, plain
from shelterbelt.tips.sealing import months, words

MOST = 100
"""So many are shown; whoever finds more says more."""
AT_ONCE = 2000


Secrets = dict[str, months.MonthSecret | None]
Bytes = bytes | memoryview


class Sealed(NamedTuple):
    """What is needed of a tip to look into it."""

    pk: uuid.UUID
    month: str
    body: Bytes
    key_for_desk: Bytes


class Found(NamedTuple):
    """What a search brought."""

    ids: list[uuid.UUID]
    looked_into: int
    has_more: bool


def search(tips: QuerySet[Tip], typed: str) -> Found:
    """The newest of these tips whose words, messages or notes hold all that was typed."""
    parts, secrets = parts_of(typed), Secrets()
    found, looked = list[uuid.UUID](), 0
    rows = tips.order_by("-received_at", "pk").values_list("pk", "month_id", "body", "key_for_desk")
    for batch in _batches(rows.iterator(chunk_size=AT_ONCE)):
        said = _messages(batch)
        for row in batch:
            looked += 1
            if parts and holds(_text(row, secrets, said), parts):
                found.append(row.pk)
                if len(found) > MOST:
                    return Found(found[:MOST], looked, has_more=True)
    return Found(found, looked, has_more=False)


def _batches(rows: Iterable[tuple[uuid.UUID, str, Bytes, Bytes]]) -> Iterator[list[Sealed]]:
    left = iter(rows)
    while batch := [Sealed(*row) for row in islice(left, AT_ONCE)]:
        yield batch


def _messages(batch: list[Sealed]) -> dict[uuid.UUID, list[tuple[uuid.UUID, bytes]]]:
    said = defaultdict(list)
    with connection.cursor() as cursor:
        # One array instead of two thousand values: half the time of a search went into writing them down.
        cursor.execute("select tip_id, id, words from tips_message where tip_id = any(%s)", [[row.pk for row in batch]])
        for tip, message, sealed in cursor.fetchall():
            said[tip].append((message, sealed))
    return said


def _secret(month: str, secrets: Secrets) -> months.MonthSecret | None:
    """A month's, read once for a search; None if it was destroyed."""
    if month not in secrets:
        try:
            secrets[month] = months.read(month)
        except months.MonthGone:
            secrets[month] = None
    return secrets[month]


def _text(row: Sealed, secrets: Secrets, said: dict[uuid.UUID, list[tuple[uuid.UUID, bytes]]]) -> str:
    """All that was said about a tip, as it is compared. What can't be opened any more holds nothing."""
    secret = _secret(row.month, secrets)
    if secret is None:
        return ""
    try:
        key = secret.unwrap(row.key_for_desk)
        told = [*words.unseal_answers(key, row.body, kind="body", of=row.pk).values()]
        told += (words.unseal_text(key, sealed, kind="message", of=message) for message, sealed in said.get(row.pk, ()))
    except (months.Broken, words.Unreadable):
        return ""  # stored broken: one such tip must not keep the others from being found
    return plain(" \n ".join(told))
