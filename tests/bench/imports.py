"""The nation's districts and public schools, from the packed files to a loaded directory, in an empty database.

States and counties are made on the way; walls and audit triggers are on. The limit is the same files read and copied
into a table without index, constraint, trigger or wall.
"""

import csv
import gzip
import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import databases
from tests.bench.timing import line

AIM = 60.0
FILES = ("us_leas.csv.gz", "us_public_schools.csv.gz")


def folder() -> Path:
    """Where the public extracts lie."""
    return Path(os.environ.get("SHELTERBELT_TEST_DATA", databases.ROOT.parent / "shared/data")) / "schools"


def main() -> int:
    """Print the figures."""
    if not (folder() / FILES[1]).exists():
        print("The nation's files aren't here; SHELTERBELT_TEST_DATA may name their folder. Nothing measured.")
        return 0
    from shelterbelt.core import database

    database.prepare(home=databases.home() / "postgres")
    name = f"{databases.PREFIX}{os.getpid()}_imports"
    databases.create(name, template=databases.template())
    try:
        return _measured(name)
    finally:
        databases.drop(name)


def _measured(name: str) -> int:
    os.environ |= databases.environment(name) | {
        "DJANGO_SETTINGS_MODULE": "shelterbelt.settings",
        "SHELTERBELT_LOGIN": "app",
    }
    import django

    django.setup()
    from django.db import connections

    rows = sum(len(list(_rows(file))) for file in FILES) - len(FILES)
    limit = _seconds(_copy, *FILES)
    loading = _seconds(_load, *FILES)
    again = _seconds(_load, FILES[1])
    connections.close_all()
    print(line(f"{rows:,} districts and schools of the nation, loaded", loading, aim=AIM, limit=limit))
    print(line("the schools again, nothing to change", again, limit=limit))
    print(f"{rows / loading:,.0f} rows a second")
    return 0 if loading <= AIM else 1


def _seconds(work: Callable[[str], None], *files: str) -> float:
    started = time.perf_counter()
    for file in files:
        work(file)
    return time.perf_counter() - started


def _rows(file: str) -> Iterator[list[str]]:
    return csv.reader(gzip.open(folder() / file, "rt", encoding="utf-8", newline=""))


def _copy(file: str) -> None:
    from django.db import connection, transaction

    rows = _rows(file)
    columns = ", ".join(f"c{number} text" for number in range(len(next(rows))))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"create temp table bare ({columns}) on commit drop")
        with cursor.copy("copy bare from stdin") as copy:
            for row in rows:
                copy.write_row(row)


def _load(file: str) -> None:
    from django.core.management import call_command

    call_command("import_directory", str(folder() / file), stdout=io.StringIO(), skip_checks=True)


if __name__ == "__main__":
    os.environ.setdefault("SHELTERBELT_HOME", str(databases.ROOT / "var/bench"))
    sys.exit(main())
