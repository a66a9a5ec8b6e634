"""What the audit trail costs those who write in bulk, how fast it is sealed and proved, and what room it takes.

The limit of a write is the same statement on the same rows with the audit triggers switched off and everything else as
it is. The limit of sealing and proving is to read every entry as text and digest it, in the database and nowhere else.
"""

import os
import statistics
import time

import django
import psycopg
from django.db import connection, transaction

from tests.bench.state import TODAY
from tests.bench.timing import line

ROWS = 60_000
ROUNDS = 5
AIM = 0.6
PROVED_WITHIN = 30.0
ARRIVING = f"""
create temporary table arriving on commit drop as
    select * from drills_drill order by recorded_at limit {ROWS};
update arriving set id = gen_random_uuid();
analyze arriving;
"""
WRITES = {
    "inserted": "insert into drills_drill select * from arriving",
    "changed": f"update drills_drill set place = 'Gymnasium' where id in (select id from drills_drill limit {ROWS})",
}
ROOM = "select pg_total_relation_size('access_auditentry') / count(*) from access_auditentry"
Owner = psycopg.Connection[tuple[int, ...]]


def main() -> int:
    """Print the figures; how many aims were missed."""
    django.setup()
    with _as_owner() as owner:
        # Entries are only ever added, so the trail has no room to fill again; what runs left behind here isn't any.
        owner.execute("vacuum (full) access_auditentry")
        owner.execute("alter table access_auditentry set (autovacuum_enabled = off)")
        missed = sum(_cost(owner, verb, statement) >= AIM for verb, statement in WRITES.items())
        owner.execute("alter table access_auditentry reset (autovacuum_enabled)")
        owner.execute("vacuum (full, analyze) access_auditentry")
        missed += _proof(owner)
        (room,) = owner.execute(ROOM).fetchone() or (0,)
    print(f"an entry takes {room} bytes, indexes included, and 24 in its seal")
    return missed


def _as_owner() -> Owner:
    """A connection that may switch triggers and empty tables."""
    address = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    return psycopg.connect(address, autocommit=True)


def _cost(owner: Owner, verb: str, statement: str) -> float:
    """What the trail adds to a statement, as a share of what it takes without."""
    bare, audited = _taken(owner, statement)
    # Runs side by side share their luck on a busy machine.
    cost = statistics.median(one / other for one, other in zip(audited, bare, strict=True)) - 1
    print(line(f"{ROWS:,} drills {verb}, on record", statistics.median(audited), limit=statistics.median(bare)))
    print(f"{'':<66}{cost:>10.0%}      aim below {AIM:.0%} on top: {'kept' if cost < AIM else 'MISSED'}")
    return cost


def _taken(owner: Owner, statement: str) -> tuple[list[float], list[float]]:
    """Seconds without and with the trail, in turn, after one round that doesn't count."""
    seconds: dict[str, list[float]] = {"disable": [], "enable": []}
    for _ in range(ROUNDS + 1):
        for switch, taken in seconds.items():
            for verb in ("insert", "update"):
                owner.execute(f"alter table drills_drill {switch} trigger audit_{verb}")
            owner.execute("vacuum drills_drill")  # what the last run left behind
            taken.append(_seconds(statement))
    return seconds["disable"][1:], seconds["enable"][1:]


def _seconds(statement: str) -> float:
    """How long one statement takes as the app login, with row security, constraints and change notes; undone."""
    from shelterbelt.access.scope import acting_as_system

    with transaction.atomic(), acting_as_system("import", today=TODAY, reason="measure"), connection.cursor() as cursor:
        cursor.execute(ARRIVING)
        started = time.perf_counter()
        cursor.execute(statement)
        cursor.execute("set constraints all immediate")
        taken = time.perf_counter() - started
        transaction.set_rollback(True)
    return taken


def _proof(owner: Owner) -> int:
    """Seal everything at once, and prove it."""
    from shelterbelt.access.audit import sealing
    from shelterbelt.access.audit.verifying import verify

    owner.execute("truncate access_auditseal")
    bare = f"select count(sha256(convert_to({sealing.ENTRY}, 'UTF8'))) from access_auditentry e"
    limit, _ = _timed(lambda: owner.execute(bare))
    sealed_in, sealed = _timed(sealing.seal)
    proved_in, report = _timed(lambda: verify(today=TODAY))
    print(line(f"{sealed:,} entries sealed at once", sealed_in, limit=limit))
    print(line(f"{report.entries:,} entries proved", proved_in, aim=PROVED_WITHIN, limit=limit))
    if report.wrong:
        print(f"WRONG: {report.wrong[:3]}")
    return (proved_in > PROVED_WITHIN) + bool(report.wrong)


def _timed(work):
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


if __name__ == "__main__":
    raise SystemExit(main())
