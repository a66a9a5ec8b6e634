"""Figures of all processes together, for operators; labels are few and name nobody."""

import json
import os
import subprocess
import sys

import pytest

from shelterbelt.core import metrics_page

pytestmark = pytest.mark.django_db

COUNTS = """
from shelterbelt.core import metrics
metrics.REQUESTS.labels("GET", "home:front", 200).inc()
metrics.REQUEST_SECONDS.labels("home:front").observe(0.02)
metrics.CONNECTIONS.labels("used").set(3)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def counting(folder) -> int:
    """A process that answers one request, and its number."""
    started = subprocess.Popen(
        [sys.executable, "-c", f"import os; print(os.getpid(), flush=True)\n{COUNTS}"],
        env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )
    out, _ = started.communicate(timeout=30)
    assert started.returncode == 0
    return int(out)


def read(folder, path: str = "/metrics") -> tuple[str, str]:
    status = []
    answer = metrics_page.page(folder)(
        {"PATH_INFO": path, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}, lambda said, _headers: status.append(said)
    )
    return status[0], b"".join(answer).decode()


def test_the_figures_of_several_processes_are_added(folder):
    counting(folder)
    counting(folder)
    status, text = read(folder)
    assert status == "200 OK"
    assert 'shelterbelt_requests_total{method="GET",route="home:front",status="200"} 2.0' in text
    assert 'shelterbelt_request_seconds_count{route="home:front"} 2.0' in text


def test_what_counts_the_living_leaves_out_the_dead(folder):
    number = counting(folder)
    assert (folder / f"gauge_livesum_{number}.db").exists()
    _, text = read(folder)
    assert 'connections{state="used"}' not in text
    assert not (folder / f"gauge_livesum_{number}.db").exists()
    assert (folder / f"counter_{number}.db").exists()


def test_a_new_start_begins_with_an_empty_folder(folder):
    counting(folder)
    metrics_page.forget_the_dead(folder, "*")
    assert list(folder.iterdir()) == []


def test_jobs_that_wait_and_jobs_that_failed_are_told(folder, as_owner):
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")  # those that tests with transactions of their own left
        cursor.execute("""
            insert into procrastinate_jobs (queue_name, task_name, status)
            values ('default', 'a', 'todo'), ('default', 'b', 'failed')
        """)
        cursor.execute("update procrastinate_events set at = at - interval '90 seconds'")
        _, text = read(folder)
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("shelterbelt_jobs_"))
    assert (figures["shelterbelt_jobs_waiting"], figures["shelterbelt_jobs_failed"]) == ("1.0", "1.0")
    assert 90 <= float(figures["shelterbelt_jobs_oldest_waiting_seconds"]) < 120


def test_operators_are_told_what_is_missing(folder):
    status, text = read(folder, "/readyz")
    assert status == "503 Service Unavailable"
    assert json.loads(text)["checks"]["worker"].startswith("No worker runs.")


def test_nothing_else_is_served_there(folder):
    assert read(folder, "/")[0] == "404 Not Found"
