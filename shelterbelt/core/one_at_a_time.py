"""Waits until nobody else is replacing what we are about to replace."""

from collections.abc import Iterable

from django.db import connection

_WAIT = "select pg_advisory_xact_lock(hashtextextended(thing, 0)) from unnest(%s::text[]) as thing order by thing"


def one_at_a_time(things: Iterable[str]) -> None:
    """Hold these names until the transaction ends. Taken in order, so that two takers never wait for each other.

    The rows themselves can't be locked: the first report has no row yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAIT, [sorted(set(things))])
