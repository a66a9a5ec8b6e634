"""Whether this installation can do its work now. Operators are told what is missing; the public only yes or no."""

import shutil
import time
from collections.abc import Callable
from functools import cache

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from shelterbelt.core.apart import apart

Check = Callable[[], str]
"""Gives nothing when all is well, and a sentence for operators when it isn't."""

WORKER_SEEN_WITHIN = 60
KNOWN_FOR = 3.0
"""Seconds for which an answer is repeated, so that asking often costs nothing."""

CHECKS: dict[str, Check] = {}
_known: tuple[float, bool] = (0.0, False)


def check(name: str) -> Callable[[Check], Check]:
    """Have a check asked under its name, after those declared before."""

    def declare(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return declare


def is_ready() -> bool:
    """Yes or no, for whoever sends us visitors."""
    global _known  # noqa: PLW0603  one for the process
    asked_at, ready = _known
    if time.monotonic() - asked_at > KNOWN_FOR:
        ready = not any(found().values())
        _known = time.monotonic(), ready
    return ready


def found() -> dict[str, str]:
    """What each check says. Without a database the others aren't asked: they would wait for it."""
    said = {"database": _asked(_database)}
    if not said["database"]:
        said |= {name: _asked(function) for name, function in CHECKS.items()}
    return said


def _asked(function: Check) -> str:
    try:
        return function()
    except (DatabaseError, psycopg.Error, OSError) as error:
        return f"It can't be asked: {type(error).__name__}."


def _database() -> str:
    """On a connection of its own, so that a pool in use up to the last doesn't keep us waiting."""
    with apart() as beside:
        beside.execute("select 1")
    return ""


@check("migrations")
def _migrations() -> str:
    if _are_current():
        return ""
    _are_current.cache_clear()
    return "The tables are older than the program. Run: python -m shelterbelt prepare"


@cache
def _are_current() -> bool:
    # The files of a process don't change: once current they stay so.
    loader = MigrationLoader(connection)
    return not set(loader.graph.nodes) - set(loader.applied_migrations)


@check("worker")
def _worker() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select extract(epoch from now() - max(last_heartbeat)) from procrastinate_workers")
        (seconds,) = cursor.fetchone() or (None,)
    if seconds is None:
        return "No worker runs. Start one: python -m shelterbelt worker"
    return "" if seconds < WORKER_SEEN_WITHIN else f"No worker was seen for {int(seconds)} seconds."


@check("disk")
def _disk() -> str:
    free = shutil.disk_usage(settings.HOME).free // 1024**2
    return "" if free >= settings.DISK_LEAST_MB else f"Only {free} MB are free on the disk of SHELTERBELT_HOME."
