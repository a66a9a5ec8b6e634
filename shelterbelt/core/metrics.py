"""Figures for operators, counted as things happen. Every process counts for itself; metrics_page adds them up.

Labels are words from our own code (routes, tasks, outcomes): few, and never about a person. docs/reference/metrics.md
"""

import time
from typing import Any

from django.contrib.auth.signals import user_login_failed
from django.db import connection
from prometheus_client import Counter, Gauge, Histogram

from shelterbelt.core import metrics_place

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 1, 2.5, 10)
JOB_BUCKETS = (0.1, 1, 10, 60, 600)
LOOK_EVERY = 5.0
"""Seconds between two looks at the pool of connections."""

REQUESTS = Counter("shelterbelt_requests", "Requests answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("shelterbelt_request_seconds", "How long an answer took.", ["route"], buckets=BUCKETS)
JOBS = Counter("shelterbelt_jobs", "Jobs done.", ["task", "outcome"])
JOB_SECONDS = Histogram("shelterbelt_job_seconds", "How long a job took.", ["task"], buckets=JOB_BUCKETS)
SIGN_INS_FAILED = Counter("shelterbelt_sign_ins_failed", "Attempts to sign in that failed.")
REFUSED_AS_TOO_MANY = Counter("shelterbelt_refused_as_too_many", "Requests refused by a limit.", ["limit"])
CONNECTIONS = Gauge(
    "shelterbelt_database_connections", "Connections of the pool.", ["state"], multiprocess_mode="livesum"
)

_looked_at = 0.0


def count_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """A request was answered."""
    REQUESTS.labels(method, route, status).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    _look_at_pool()


def count_job(*, task: str, outcome: str, seconds: float) -> None:
    """A job was done, or failed."""
    JOBS.labels(task, outcome).inc()
    JOB_SECONDS.labels(task).observe(seconds)


def _look_at_pool() -> None:
    """Note now and then how many connections there are and how many are in use."""
    global _looked_at  # noqa: PLW0603  one for the process
    now = time.monotonic()
    if not metrics_place.are_kept() or now - _looked_at < LOOK_EVERY:
        return
    _looked_at = now
    pool = connection.pool  # type: ignore[attr-defined]
    if pool is None:
        return
    stats = pool.get_stats()
    free = stats.get("pool_available", 0)
    CONNECTIONS.labels("free").set(free)
    CONNECTIONS.labels("used").set(stats.get("pool_size", 0) - free)
    CONNECTIONS.labels("waited_for").set(stats.get("requests_waiting", 0))


def _sign_in_failed(**_signal: Any) -> None:
    SIGN_INS_FAILED.inc()


user_login_failed.connect(_sign_in_failed, dispatch_uid="shelterbelt.metrics")
