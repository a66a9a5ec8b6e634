"""The page of figures for operators: what all processes of this machine counted, and what the database tells.

Served on a port of its own, which the public doesn't reach (docs/reference/metrics.md).
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.db import DatabaseError, close_old_connections, connection
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from shelterbelt.core import health

PATIENCE = 10.0
"""Seconds that whoever asks may take to finish a sentence."""
_OF_A_PROCESS = re.compile(r"_(\d+)\.db$")

Start = Callable[[str, list[tuple[str, str]]], Any]
Asked = Callable[[], Iterator[tuple[str, str, float]]]

ASKED: list[Asked] = []
"""Further figures that rooms ask the database for: name, what it means, value."""


def asked(function: Asked) -> Asked:
    """Have figures asked for whenever the page is read."""
    ASKED.append(function)
    return function


def serve(*, host: str, port: int, folder: Path) -> None:
    """Answer for the figures until told to end."""
    forget_the_dead(folder, "*")
    answer = page(folder)

    def answered(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        try:
            return answer(environ, start)
        finally:
            close_old_connections()

    with make_server(host, port, answered, handler_class=_Quiet) as server:
        server.serve_forever()


def page(folder: Path) -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    """/metrics for Prometheus, /readyz for a look at what is missing."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    registry.register(_Asked())
    figures = make_wsgi_app(registry)

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/metrics":
            forget_the_dead(folder, "gauge_live*")
            told: Iterable[bytes] = figures(environ, start)
            return told
        if environ["PATH_INFO"] == "/readyz":
            return _readiness(start)
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"Here are /metrics and /readyz.\n"]

    return answer


def _readiness(start: Start) -> list[bytes]:
    found = health.found()
    ready = not any(found.values())
    start("200 OK" if ready else "503 Service Unavailable", [("Content-Type", "application/json")])
    told = {name: sentence or "well" for name, sentence in found.items()}
    return [json.dumps({"ready": ready, "checks": told}).encode() + b"\n"]


def forget_the_dead(folder: Path, kind: str) -> None:
    """Remove what processes left that no longer live: all at a start, later only what counts the living."""
    for path in folder.glob(f"{kind}.db"):
        number = _OF_A_PROCESS.search(path.name)
        if number and not _lives(int(number[1])):
            path.unlink(missing_ok=True)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class _Quiet(WSGIRequestHandler):
    timeout = PATIENCE

    def log_message(self, *_: Any) -> None:
        """Whoever reads the figures stands in no log."""


class _Asked(Collector):
    """What is asked for when the page is read."""

    def collect(self) -> Iterator[Metric]:
        """Readiness first; without a database nothing else."""
        found = health.found()
        ready = GaugeMetricFamily("shelterbelt_ready", "Whether a check of readiness is passed.", labels=["check"])
        for name, sentence in found.items():
            ready.add_metric([name], float(not sentence))
        yield ready
        if found["database"]:
            return
        for function in (_jobs, *ASKED):
            yield from _told(function)


def _told(function: Asked) -> Iterator[Metric]:
    """One that can't be asked is missing, which an alert notices, and the others stay."""
    try:
        for name, meaning, value in list(function()):
            yield GaugeMetricFamily(f"shelterbelt_{name}", meaning, value=value)
    except DatabaseError:
        connection.close()


_JOBS = """
    select count(*) filter (where status = 'todo'), count(*) filter (where status = 'doing'),
           count(*) filter (where status = 'failed'),
           coalesce(extract(epoch from now() - min(greatest(scheduled_at, asked.at)) filter (
               where status = 'todo' and coalesce(scheduled_at, now()) <= now())), 0)
    from procrastinate_jobs job
    left join lateral (select min(at) as at from procrastinate_events where job_id = job.id and type = 'deferred') asked
        on job.status = 'todo'
"""


def _jobs() -> Iterator[tuple[str, str, float]]:
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        waiting, running, failed, oldest = cursor.fetchone() or (0, 0, 0, 0)
    yield "jobs_waiting", "Jobs that wait, those for a later time too.", waiting
    yield "jobs_running", "Jobs that are being done.", running
    yield "jobs_failed", "Jobs that failed for good and wait for somebody to look.", failed
    yield "jobs_oldest_waiting_seconds", "For how long the oldest job that is due has waited.", float(oldest)
