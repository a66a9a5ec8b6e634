"""Whose eyes a transaction sees with. Outside of it no row that belongs to an organisation exists."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import connection, transaction

SystemActor = Literal["import", "demonstration", "measures", "sign_in", "clock", "delivery", "install"]
"""The system's own actors, each for one kind of work. They see every row, so each use says why."""


@dataclass(frozen=True)
class Scope:
    """What the database is told about who acts."""

    actor: str
    today: date
    reason: str = ""
    request: str = ""


_NOBODY = Scope(actor="", today=date.min)
_scope: ContextVar[Scope] = ContextVar("scope", default=_NOBODY)

_TELL = (
    "select set_config('shelterbelt.actor', %s, true), set_config('shelterbelt.today', %s, true),"
    " set_config('shelterbelt.reason', %s, true), set_config('shelterbelt.request', %s, true)"
)


def _tell(scope: Scope) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [scope.actor, scope.today.isoformat(), scope.reason, scope.request])


@contextmanager
def _acting(scope: Scope) -> Iterator[None]:
    """Open (or join) a transaction under `scope` and give the old one back afterwards.

    The settings are local to the transaction, so that a pooled connection can't carry them to somebody else.
    """
    before = _scope.get()
    with transaction.atomic():
        _tell(scope)
        token = _scope.set(scope)
        try:
            yield
        finally:
            _scope.reset(token)
        # After an error, or if the work is to be undone, the savepoint's rollback takes the settings back as well.
        if not connection.needs_rollback:
            _tell(before)


@contextmanager
def acting_as(person_id: int, *, today: date, reason: str = "", request: str = "") -> Iterator[None]:
    """Act with the rights of a person's appointments on a day."""
    with _acting(Scope(f"person:{person_id}", today, reason, request)):
        yield


@contextmanager
def acting_as_system(actor: SystemActor, *, today: date, reason: str) -> Iterator[None]:
    """Act as the system itself, for a reason that the audit trail keeps."""
    with _acting(Scope(f"system:{actor}", today, reason, _scope.get().request)):
        yield


def current_scope() -> Scope:
    """Who acts now; nobody outside a scope."""
    return _scope.get()
