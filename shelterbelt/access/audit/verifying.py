"""Proves the trail: every entry against its seal, every seal against the one before it, every head against the chain.

All digests are computed here and not in the database, whose functions somebody with its owner's login could change.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.formats import date_format
from psycopg import sql

from shelterbelt.access.audit import heads, keeping, keys, shapes
from shelterbelt.access.audit.chain import GRACE, Chain, Seal, seals
from shelterbelt.access.audit.heads import Head
from shelterbelt.access.audit.sealing import DIGEST_BYTES, ENTRY
from shelterbelt.access.models import AuditHead, AuditSeal, AuditShape
from shelterbelt.access.scope import acting_as_system

Tell = Callable[[int, int], None]
"""Told now and then: entries proved so far, and entries in all."""
PINNED = ("timezone = 'UTC'", "datestyle = 'ISO, YMD'", "intervalstyle = 'postgres'", "bytea_output = 'hex'",
          "extra_float_digits = 1")  # fmt: skip


@dataclass
class Report:
    """What was proved, and a sentence for everything that is wrong."""

    entries: int = 0
    unsealed: int = 0
    seals: int = 0
    days: int = 0
    head: Head | None = None
    """The last one in the database."""
    compared: int = 0
    """Heads kept outside of the database."""
    wrong: list[str] = field(default_factory=list)


def verify(*, today: date, against: Sequence[Head] = (), tell: Tell = lambda _done, _all: None) -> Report:
    """Prove the trail as it is at one moment, in a transaction of its own."""
    report = Report()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            for setting in PINNED:
                cursor.execute(f"set local {setting}")
        with acting_as_system("install", today=today, reason="prove the audit trail"):
            chain = _chained(report, tell)
            report.wrong += _shapes()
            _rest(report, chain.last)
            report.wrong += _heads(report, chain, against)
    return report


def _chained(report: Report, tell: Tell) -> Chain:
    """The chain of seals, each compared with its entries."""
    chain = Chain()
    every = sum(AuditSeal.objects.values_list("count", flat=True))
    for seal in seals():
        report.wrong += chain.add(seal)
        report.wrong += _entries(seal, chain)
        report.entries += seal.count
        tell(report.entries, every)
    report.seals, report.days = len(chain.links), len(chain.days)
    return chain


_HELD = f"""
    copy (
        select e.id, {ENTRY}, e.at > {{latest}} or e.at < {{earliest}}
        from access_auditentry e
        join (select unnest(ids) as id from access_auditseal where seq = {{seq}}) as held on held.id = e.id
    ) to stdout (format binary)
"""
_NOT_HELD = f"""
    copy (
        select e.id, coalesce(e.tx, 0), {ENTRY} from access_auditentry e
        where not exists (select from (select unnest(ids) as id from access_auditseal) as held where held.id = e.id)
        order by e.id
    ) to stdout (format binary)
"""


def _entries(seal: Seal, chain: Chain) -> Iterator[str]:
    """What is wrong with the entries that a seal holds."""
    held = seal.by_entry()
    query = sql.SQL(_HELD).format(
        latest=sql.Literal(seal.sealed_at + GRACE),
        earliest=sql.Literal(chain.earliest()),
        seq=sql.Literal(seal.seq),
    )
    for number, text, is_out_of_time in _copied(query, "int8", "bytea", "bool"):
        if hashlib.sha256(text).digest()[:DIGEST_BYTES] != held.pop(number, b""):
            yield f"{_told(text)} was changed after it was sealed ({seal})."
        elif is_out_of_time:
            yield (
                f"{_told(text)} was sealed on {date_format(seal.sealed_at, 'DATETIME_FORMAT')}, which doesn't fit its "
                f"time: it was inserted with a false one, or the clock was set ({seal})."
            )
    for number in held:
        yield f"Entry {number} was removed: the {seal} holds it, the trail doesn't."


def _copied(query: sql.Composable, *types: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(types)
        yield from copy.rows()


def _told(text: bytes) -> str:
    """An entry in words, from the row that PostgreSQL wrote."""
    number, at, actor, acting_for, _reason, _request, verb, thing, thing_id, *_rest = shapes.fields(text.decode())
    stead = f" for person:{acting_for}" if acting_for else ""
    return f"Entry {number} ({verb} of {thing} {thing_id} by {actor or 'nobody'}{stead} at {str(at)[:19]})"


def _shapes() -> Iterator[str]:
    """Names of columns that were changed, or are gone while entries need them."""
    for shape in AuditShape.objects.order_by("pk"):
        if shapes.number_of(shape.thing, shape.columns) != shape.pk:
            yield f"The names of columns of {shape.thing} (shape {shape.pk}) were changed."
    with connection.cursor() as cursor:
        cursor.execute(
            "select e.shape, e.thing, count(*) from access_auditentry e where e.shape is not null"
            " and not exists (select from access_auditshape s where s.id = e.shape) group by 1, 2 order by 1"
        )
        for number, thing, count in cursor.fetchall():
            yield f"The names of columns of {thing} (shape {number}), which {count} entries need, were removed."


def _rest(report: Report, last: Seal | None) -> None:
    """Entries in no seal: not over yet when it was made, or inserted since among what was sealed."""
    for number, within, text in _copied(sql.SQL(_NOT_HELD), "int8", "int8", "bytea"):
        if last is None or (within >= last.until_tx and number > last.after_id):
            report.unsealed += 1
        else:
            report.wrong.append(f"{_told(text)} was inserted among what was sealed: no seal holds it.")


def _heads(report: Report, chain: Chain, against: Sequence[Head]) -> Iterator[str]:
    """Heads that don't fit: the database's own, those this host keeps, and those that were kept elsewhere."""
    known = keys.trusted()
    yield from _own_heads(report, chain, known)
    yield from _missing_days(chain)
    outside = [("this host keeps", Head.read(one)) for one in keeping.kept()]
    outside += [("that was kept elsewhere", head) for head in against]
    report.compared = len(outside)
    for where, head in outside:
        yield from _unfit(f"The head of {date_format(head.day)} {where}", head, chain, known)


def _own_heads(report: Report, chain: Chain, known: dict[str, bytes]) -> Iterator[str]:
    for row in AuditHead.objects.order_by("seal", "pk"):
        told = f"The head of {date_format(row.day)} in the database"
        if row.key not in known:
            yield f"{told} is signed by a key that no trusted one vouches for ({row.key})."
            continue
        report.head = heads.kept(row, known[row.key])
        yield from _unfit(told, report.head, chain, known)


def _unfit(told: str, head: Head, chain: Chain, known: dict[str, bytes]) -> Iterator[str]:
    if not head.is_signed():
        yield f"{told} bears no good signature: it was changed."
    elif head.key not in known:
        yield f"{told} is signed by a key that this installation never had ({head.key})."
    elif head.seal not in chain.links:
        yield f"{told} was taken from seal {head.seal}, which isn't there: the trail's end was removed."
    elif (chain.links[head.seal], chain.entries[head.seal]) != (head.link, head.entries):
        yield f"{told} doesn't fit: entries up to seal {head.seal} were sealed anew since it was signed."


def _missing_days(chain: Chain) -> Iterator[str]:
    """Days between the first and the last head that have none: it was removed."""
    signed = set(AuditHead.objects.values_list("day", flat=True))
    for day in sorted(chain.days):
        if signed and min(signed) < day < max(signed) and day not in signed:
            yield f"The head of {date_format(day)} is missing from the database."
