"""Check and load files in the worker. Safe to run twice: a file that is loaded stays loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from shelterbelt.access.scope import Scope, acting_as_system, introduce
from shelterbelt.core import clock
from shelterbelt.core.jobs import task
from shelterbelt.orgs.actions.importing import move, refuse, run_check, run_load
from shelterbelt.orgs.models import DirectoryImport

Status = DirectoryImport.Status
SAY_DONE = "update orgs_directoryimport set rows_done = %s, rows_total = %s where id = %s"


@task("orgs.check_import", retry=2)
def check_import(import_id: int) -> None:
    """See what a file would change."""
    if _moved(import_id, Status.READING, among={Status.WAITING, Status.READING}):
        reason = f"check directory import {import_id}"
        with _refused_if_broken(import_id), acting_as_system("import", today=clock.today(), reason=reason):
            waiting = DirectoryImport.objects.get(pk=import_id)
            run_check(waiting, at=clock.now(), progress=_Progress(import_id))


@task("orgs.load_import", retry=2)
def load_import(import_id: int) -> None:
    """Load a checked file, all of it or nothing."""
    if _moved(import_id, Status.LOADING, among={Status.LOADING}):
        reason = f"load directory import {import_id}"
        with _refused_if_broken(import_id), acting_as_system("import", today=clock.today(), reason=reason):
            waiting = DirectoryImport.objects.get(pk=import_id)
            run_load(waiting, at=clock.now(), progress=_Progress(import_id))


def _moved(import_id: int, status: str, *, among: set[Status]) -> bool:
    """Say in a transaction of its own, which the page sees, what is being done; False when there's nothing to do."""
    with acting_as_system("import", today=clock.today(), reason=f"directory import {import_id}"):
        waiting = DirectoryImport.objects.filter(pk=import_id, status__in=among).first()
        if waiting is not None:
            move(waiting, status)
        return waiting is not None


@contextmanager
def _refused_if_broken(import_id: int) -> Iterator[None]:
    """After an error nobody foresaw, refuse the file in a transaction of its own, then let the error be seen.

    When even that fails, as without a database, the job runs again and finds the file where it left it.
    """
    try:
        yield
    except Exception:
        with acting_as_system("import", today=clock.today(), reason=f"directory import {import_id} broke off"):
            refuse(DirectoryImport.objects.get(pk=import_id), at=clock.now())
        raise


class _Progress:
    """Tells the page how far it is, past the transaction that loads: on a connection of its own."""

    def __init__(self, import_id: int) -> None:
        self.import_id = import_id

    def __call__(self, _words: str, done: int, total: int) -> None:
        with psycopg.connect(**_address()) as apart:
            introduce(apart.cursor(), Scope("system:import", clock.today(), f"progress of import {self.import_id}"))
            apart.execute("set local lock_timeout = '200ms'")
            try:
                apart.execute(SAY_DONE, [done, total, self.import_id])
            except psycopg.errors.LockNotAvailable:
                # Somebody else holds the row; progress is only news, so the next step tells it.
                apart.rollback()


def _address() -> dict[str, Any]:
    """Where the database is, as this process reaches it."""
    parts = connection.get_connection_params()
    return {key: parts[key] for key in ("host", "port", "user", "password", "dbname", "options") if parts.get(key)}
