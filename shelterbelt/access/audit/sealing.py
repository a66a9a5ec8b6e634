"""Seals the trail as it grows: what is over gets a digest, and the digests a chain. The work is the database's own."""

import time

from django.conf import settings
from django.db import connection, transaction

# The text of an entry that a seal holds the digest of: every column, as PostgreSQL writes a row.
ENTRY = """row(e.id, e.at, e.actor, e.acting_for, e.reason, e.request, e.verb, e.thing, e.thing_id, e.org_id, e.about,
    e.closed, e.unsaid, e.shape, e.was, e.became, e.changed, e.before, e.after, e.tx)::text"""
# What a seal says of itself, as its link holds it.
SEAL = "concat_ws('|', seq, day, sealed_at, cluster, from_tx, until_tx, next_tx, after_id, count)"
DIGEST_BYTES = 16
PATIENCE = 30.0


def seal() -> int:
    """Seal the entries of every transaction that is over; how many. Waits while another process does the same."""
    deadline = time.monotonic() + PATIENCE
    while (sealed := _sealed()) is None and time.monotonic() < deadline:
        time.sleep(0.1)
    return sealed or 0


def _sealed() -> int | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select access_seal_audit(%s)", [settings.TIME_ZONE])
        (sealed,) = cursor.fetchone()
    return None if sealed is None else int(sealed)
