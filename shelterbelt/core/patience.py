"""How long a page or program may ask the database, so that nobody waits, or keeps others waiting, without end.

The limits are local to the transaction of a request (access/scope.py tells the database), so that a pooled connection
can't carry them to a task, which may take its time.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from psycopg_pool import PoolTimeout


class Limits(NamedTuple):
    """The longest that one statement may take, and may wait for a row that somebody else is changing."""

    statement: str
    lock: str


_limits: ContextVar[Limits | None] = ContextVar("limits", default=None)

STOPPED = frozenset({
    "57014",  # the statement took too long
    "55P03",  # the wait for a lock took too long
    "40P01",  # two waited for each other
    "40001",  # two changed the same at once
})  # fmt: skip
"""What PostgreSQL calls it when somebody had to be stopped for the good of all."""


def limits() -> Limits | None:
    """Those of the request that is being answered; none outside of one."""
    return _limits.get()


class Patience:
    """Sets the limits for whatever a request asks of the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within the limits."""
        token = _limits.set(Limits(f"{settings.STATEMENT_SECONDS}s", f"{settings.LOCK_SECONDS}s"))
        try:
            return self.get_response(request)
        finally:
            _limits.reset(token)


def ran_out(error: BaseException | None) -> bool:
    """Whether the error says that somebody was stopped: then the same may go well a moment later."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    return isinstance(cause, PoolTimeout) or getattr(cause, "sqlstate", None) in STOPPED
