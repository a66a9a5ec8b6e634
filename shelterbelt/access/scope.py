"""Whose eyes a transaction sees with. Outside of it no row that belongs to an organisation exists.

What the database is told is sealed with a key that SQL can't read (access_actor checks it), so that words smuggled into
a query, or the app's login without the key, see with nobody's eyes but those they were given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, Protocol

from django.db import connection, transaction

from shelterbelt.access import scope_keys
from shelterbelt.core import patience

SystemActor = Literal["import", "demonstration", "measures", "sign_in", "clock", "delivery", "tip_desk", "install"]
"""The system's own actors, each for one kind of work. They see every row, so each use says why."""


@dataclass(frozen=True)
class Scope:
    """What the database is told about who acts."""

    actor: str
    today: date
    reason: str = ""
    request: str = ""
    stand_in: int | None = None
    """The row of StandIn under which they act for another."""


class Cursor(Protocol):
    """What runs queries: Django's cursor, or psycopg's own connection or cursor."""

    def execute(self, query: str, parameters: Any = None, /) -> Any: ...  # noqa: D102

    def fetchone(self) -> Any: ...  # noqa: D102


_NOBODY = Scope(actor="", today=date.min)
_scope: ContextVar[Scope] = ContextVar("scope", default=_NOBODY)
_moment: ContextVar[str] = ContextVar("moment", default="")
"""When the scope's transaction began, as the database writes it; empty outside of a scope."""

_TELL = (
    "select set_config('shelterbelt.actor', %s, true), set_config('shelterbelt.today', %s, true),"
    " set_config('shelterbelt.stand_in', %s, true), set_config('shelterbelt.request', %s, true),"
    " set_config('shelterbelt.reason', %s, true), set_config('shelterbelt.seal', %s, true)"
)


def introduce(cursor: Cursor, scope: Scope, *, moment: str = "") -> str:
    """Tell a transaction who acts in it. Gives the moment it began, which the seal needs and a next one may reuse.

    For connections of one's own making; everywhere else acting_as and acting_as_system do it.
    """
    if not moment:
        cursor.execute(*_beginning())
        moment = str(cursor.fetchone()[0])
    stand_in = "" if scope.stand_in is None else str(scope.stand_in)
    words = [scope.actor, scope.today.isoformat(), stand_in, scope.request, scope.reason]
    cursor.execute(_TELL, [*words, scope_keys.seal(moment, *words)])
    return moment


def _beginning() -> tuple[str, Any]:
    """What a transaction is asked first, and told within a request: how long a statement may take."""
    limits = patience.limits()
    if limits is None:
        return "select access_moment()", None
    told = "set_config('statement_timeout', %s, true), set_config('lock_timeout', %s, true)"
    return f"select access_moment(), {told}", limits


@contextmanager
def _acting(scope: Scope) -> Iterator[None]:
    """Open (or join) a transaction under `scope` and give the old one back afterwards.

    The settings are local to the transaction, so that a pooled connection can't carry them to somebody else.
    """
    before, joins = _scope.get(), connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            moment = introduce(cursor, scope, moment=_moment.get() if joins else "")
        tokens = _scope.set(scope), _moment.set(moment)
        try:
            yield
        finally:
            _scope.reset(tokens[0])
            _moment.reset(tokens[1])
        # After an error, or if the work is to be undone, the savepoint's rollback takes the settings back as well; and
        # they end with a transaction that began here.
        if joins and not connection.needs_rollback:
            with connection.cursor() as cursor:
                introduce(cursor, before, moment=moment)


@contextmanager
def acting_as(
    person_id: int, *, today: date, reason: str = "", request: str = "", stand_in: int | None = None
) -> Iterator[None]:
    """Act with the rights of a person's appointments on a day, or of the one that `stand_in` lends them."""
    with _acting(Scope(f"person:{person_id}", today, reason, request, stand_in)):
        yield


@contextmanager
def acting_as_system(actor: SystemActor, *, today: date, reason: str) -> Iterator[None]:
    """Act as the system itself, for a reason that the audit trail keeps."""
    with _acting(Scope(f"system:{actor}", today, reason, _scope.get().request)):
        yield


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Act on as whoever acts now, for a reason that the audit trail keeps."""
    with _acting(replace(_scope.get(), reason=reason)):
        yield


def current_scope() -> Scope:
    """Who acts now; nobody outside a scope."""
    return _scope.get()
