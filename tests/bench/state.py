"""The state that is measured: a full-size demonstration in a database of its own, made once for each state of the code.

`ready()` gives its figures; `python -m tests.bench.state` prints them. How long loading takes is compared with the
least it could take: the same rows, made the same way, copied into tables without index, constraint, trigger or wall.
"""

import json
import os
import subprocess
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from psycopg.conninfo import make_conninfo

from tests import databases

TODAY = date(2026, 11, 24)
"""The day on which the measured state ends, so that every run measures the same."""
GROUNDS = (
    *databases.GROUNDS,
    "shelterbelt/demo/**/*.py",
    "shelterbelt/demo/*.csv",
    "shelterbelt/*/demonstration/**/*.py",
    "shelterbelt/*/demonstration.py",
    "shelterbelt/orgs/actions/*.py",
    "shelterbelt/orgs/data/**/*",
    "strategies/*",
    "tests/bench/state.py",
)
PREFIX = "bench_shelterbelt_"


@dataclass(frozen=True)
class State:
    """What was loaded, and how fast."""

    database: str
    rows: dict[str, int]
    load_seconds: float
    limit_seconds: float
    invent_seconds: float
    """Of the limit: making the rows without writing them."""

    @property
    def total(self) -> int:
        """All records."""
        return sum(self.rows.values())

    @property
    def ratio(self) -> float:
        """How many times the limit loading takes."""
        return self.load_seconds / self.limit_seconds


def home() -> Path:
    """Where the measured databases are kept."""
    return Path(os.environ.setdefault("SHELTERBELT_HOME", str(databases.ROOT / "var/bench"))).resolve()


def ready(*, size: float = 1.0, anew: bool = False) -> State:
    """The measured state, made now if the code changed since (or `anew`); its database is kept for the next run."""
    from shelterbelt.core import database

    database.prepare(home=home() / "postgres")
    name = f"{PREFIX}{databases.fingerprint(*GROUNDS)}_{str(size).replace('.', '_')}"
    kept = home() / f"{name}.json"
    if anew or not kept.exists():
        _drop_earlier()
        databases.drop(name)  # one that was never finished
        databases.create(name)
        databases.manage(name, "migrate", "--verbosity=0", "--skip-checks", login="owner")
        _in_a_process_of_its_own(name, kept, size)
    return State(**json.loads(kept.read_text(encoding="utf-8")))


def environment(state: State) -> dict[str, str]:
    """The environment variables with which a process serves the measured state."""
    return databases.environment(state.database)


def administrator(state: State) -> str:
    """Where a login that no row security binds finds the measured state."""
    return make_conninfo("", **(databases.administrator() | {"dbname": state.database}))


def _drop_earlier() -> None:
    for kept in home().glob(f"{PREFIX}*.json"):
        databases.drop(kept.stem)
        kept.unlink()


def _in_a_process_of_its_own(name: str, kept: Path, size: float) -> None:
    """Django is bound to one database and login for as long as a process lives."""
    subprocess.run(
        [sys.executable, "-m", "tests.bench.state", "--make", name, str(kept), str(size)],
        check=True,
        cwd=databases.ROOT,
        env=os.environ
        | databases.environment(name)
        | {"SHELTERBELT_LOGIN": "owner", "DJANGO_SETTINGS_MODULE": "shelterbelt.settings"},
    )


def _make(name: str, kept: Path, size: float) -> None:
    import django

    django.setup()
    from shelterbelt.demo import loading

    invent, limit = _limit(size)
    started = time.perf_counter()
    counts = loading.load(size=size, years=6, seed=1, today=TODAY, tell=lambda *_: None)
    state = State(name, dict(counts), time.perf_counter() - started, limit, invent)
    kept.write_text(json.dumps(asdict(state)), encoding="utf-8")


def _limit(size: float) -> tuple[float, float]:
    """Seconds to make all rows, and to make and copy them into bare tables; nothing of it stays."""
    from django.db import transaction

    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.demo import loading
    from shelterbelt.demo.ground import read_ground

    with transaction.atomic(), acting_as_system("demonstration", today=TODAY, reason="measure the limit"):
        ground = read_ground()
        started = time.perf_counter()
        for rows in loading.invented(ground, size=size, years=6, seed=1, today=TODAY)[1]:
            deque(rows.rows, maxlen=0)
        invented = time.perf_counter() - started
        for rows in loading.invented(ground, size=size, years=6, seed=1, today=TODAY)[1]:
            _make_bare(rows.table, rows.columns)
            loading.copy(rows, into=f"bare_{rows.table}")
        limit = time.perf_counter() - started - invented
        transaction.set_rollback(True)
    return invented, limit


def _make_bare(table: str, columns: tuple[str, ...]) -> None:
    from django.db import connection

    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"create table if not exists bare_{table} as select {names} from {table} limit 0")


def lines(state: State) -> list[str]:
    """The figures as they are printed."""
    tables = [f"  {table:<28} {many:>9,}" for table, many in sorted(state.rows.items(), key=lambda row: -row[1])]
    return [
        f"The measured state: {state.total:,} records",
        *tables,
        f"Loaded in {state.load_seconds:.1f} s, {state.ratio:.1f} times the limit: {state.limit_seconds:.1f} s, in which",
        f"the same rows fill bare tables, {state.invent_seconds:.1f} s of that to make them up",
    ]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        _make(sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]))
    else:
        home()
        print("\n".join(lines(ready(anew="--anew" in sys.argv))))
