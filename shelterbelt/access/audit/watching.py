"""For how long the trail waits to be sealed, for the figures that operators watch.

What no seal holds can still be changed unnoticed. It waits a minute at most, unless the worker stands still or a
transaction never ends: nothing younger than the oldest one that runs is sealed.
"""

from collections.abc import Iterator

from django.db import connection

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock, metrics_page

_LAST = """
    select until_tx, after_id from access_auditseal
    where cluster = (select system_identifier::text from pg_control_system()) order by seq desc limit 1
"""
_WAITED = """
    select coalesce(extract(epoch from clock_timestamp() - min(at)), 0) from access_auditentry
    where tx >= %s and id > %s
"""


@metrics_page.asked
def figures() -> Iterator[tuple[str, str, float]]:
    """Nothing waits where every entry is sealed."""
    scope = acting_as_system("clock", today=clock.today(), reason="figures for operators")
    with scope, connection.cursor() as cursor:
        cursor.execute(_LAST)
        # Before this server's first seal all of it waits, also what another server sealed.
        cursor.execute(_WAITED, cursor.fetchone() or (0, 0))
        (waited,) = cursor.fetchone() or (0,)
    yield "audit_seal_lag_seconds", "For how long the oldest entry of the trail has waited to be sealed.", float(waited)
