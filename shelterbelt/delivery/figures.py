"""Figures for operators: attempts by channel and outcome, and how long the oldest one due has waited."""

from collections.abc import Iterator

from django.db import connection
from prometheus_client import Counter

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock, metrics_page

ATTEMPTS = Counter("shelterbelt_delivery_attempts", "Attempts to reach somebody.", ["channel", "outcome"])

_ASKED = """
    select coalesce(extract(epoch from now() - min(next_at) filter (where channel <> 'call')), 0),
           count(*) filter (where channel <> 'call'),
           count(*) filter (where channel = 'call')
    from delivery_attempt where outcome = '' and begun_at is null and next_at <= now()
"""
_RED = "select count(*) from delivery_attempt where outcome = 'uncertain' and ended_at > now() - interval '1 day'"


def count(channel: str, outcome: str) -> None:
    """An attempt ended."""
    ATTEMPTS.labels(channel, outcome).inc()


@metrics_page.asked
def waiting() -> Iterator[tuple[str, str, float]]:
    """What waits, and for how long."""
    scope = acting_as_system("delivery", today=clock.today(), reason="figures for operators")
    with scope, connection.cursor() as cursor:
        cursor.execute(_ASKED)
        oldest, due, calls = cursor.fetchone() or (0, 0, 0)
        cursor.execute(_RED)
        (uncertain,) = cursor.fetchone() or (0,)
    yield "delivery_oldest_due_seconds", "For how long the oldest attempt that is due has waited.", float(oldest)
    yield "delivery_due", "Attempts that are due.", due
    yield "delivery_calls_to_make", "Calls that wait for a person to make them.", calls
    yield "delivery_uncertain", "Attempts of the last day of which nobody knows whether they arrived.", uncertain
