"""Several workers at once, and workers that are killed in the middle: nothing arrives twice, nothing is lost unseen."""

import os
import subprocess
import sys
import threading
import time as real_time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from shelterbelt.delivery import working
from shelterbelt.delivery.tests.conftest import to
from shelterbelt.delivery.tests.mail_servers import Post, serving
from tests import databases

pytestmark = pytest.mark.django_db(transaction=True)

# As `python -m shelterbelt watch`, with less patience, so that a test need not wait for what died.
WATCH = """
from datetime import timedelta
from shelterbelt.delivery.rules import pace
pace.HOLD, pace.BEGUN = timedelta(seconds=0.5), timedelta(seconds=3)
from shelterbelt.core import serving
serving.watch()
"""


def test_two_workers_send_each_letter_once(ask, settings, states):
    post = Post()
    post.seconds = 0.002
    with serving(post, settings):
        ask(*(to(f"r{n}", f"r{n}@boone.example") for n in range(60)))
        threads = [threading.Thread(target=_drain) for _worker in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert Counter(post.to) == Counter(f"r{n}@boone.example" for n in range(60))
    assert set(states().values()) == {"sent"}
    assert post.connections == 2


def _drain():
    try:
        working.drain("email")
    finally:
        connection.close()


@pytest.fixture
def watch(tmp_path):
    """Start the process that sends; `watch(port)` gives it."""
    running = []

    def start(port):
        environment = os.environ | databases.environment(connection.settings_dict["NAME"])
        environment |= {
            "SHELTERBELT_LOGIN": "app",
            "SHELTERBELT_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "SHELTERBELT_EMAIL_HOST": "127.0.0.1",
            "SHELTERBELT_EMAIL_PORT": str(port),
            "PYTHONPATH": str(databases.ROOT),
        }
        with (tmp_path / "log").open("ab") as log:
            running.append(subprocess.Popen([sys.executable, "-c", WATCH], env=environment, stderr=log))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def test_killed_again_and_again_nothing_arrives_twice_and_nothing_is_lost_unseen(ask, watch, states, tmp_path):
    post, kills = Post(), 0
    post.seconds = 0.004
    with serving(post) as server:
        ask(*(to(f"r{n}", f"r{n}@boone.example") for n in range(200)), at=timezone.now())
        worker = watch(server.port)
        for goal in (20, 80, 140):
            _until(lambda goal=goal: len(post.letters) >= goal)
            worker.kill()
            worker.wait()
            kills += 1
            worker = watch(server.port)
        _until(lambda: not {"sending", "waiting"} & set(states().values()))
        worker.terminate()
        assert worker.wait(10) == 0
    arrived = Counter(post.to)
    assert set(arrived.values()) == {1}
    found = {f"{ref}@boone.example": state for ref, state in states().items()}
    assert {address for address, state in found.items() if state == "sent"} <= set(arrived)
    uncertain = {address for address, state in found.items() if state == "uncertain"}
    assert set(found) == set(arrived) | uncertain
    assert "Traceback" not in (tmp_path / "log").read_text()
    assert len(uncertain) <= kills  # one in the hands of whoever was killed


def _until(holds, seconds=30):
    deadline = real_time.monotonic() + seconds
    while not holds():
        assert real_time.monotonic() < deadline, "it takes too long"
        real_time.sleep(0.05)
