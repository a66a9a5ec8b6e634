"""Ready is who can do the work; the public learns yes or no, operators learn what is missing."""

import pytest
from django.db import OperationalError

from shelterbelt.core import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unasked(monkeypatch):
    """Nobody asked before."""
    monkeypatch.setattr(health, "_known", (0.0, False))


@pytest.fixture
def all_well(monkeypatch):
    monkeypatch.setattr(health, "CHECKS", {"disk": lambda: ""})


def test_every_check_is_asked():
    assert list(health.found()) == ["database", "migrations", "worker", "disk", "scope key"]


def test_the_tables_and_the_key_are_current_and_no_worker_runs_in_tests():
    found = health.found()
    assert (found["database"], found["migrations"], found["scope key"], found["disk"]) == ("", "", "", "")
    assert found["worker"] == "No worker runs. Start one: python -m shelterbelt worker"


def test_a_worker_that_was_not_seen_for_a_while_is_missed(as_owner):
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '5 minutes')")
        assert health.found()["worker"] == "No worker was seen for 300 seconds."
        cursor.execute("update procrastinate_workers set last_heartbeat = now()")
        assert health.found()["worker"] == ""


def test_a_full_disk_is_told(settings):
    settings.DISK_LEAST_MB = 10**9
    assert "MB are free on the disk" in health.found()["disk"]


def test_without_a_database_nothing_else_is_asked(monkeypatch):
    def refuse():
        raise OperationalError('connection to server at "10.1.2.3" failed')

    monkeypatch.setattr(health, "_database", refuse)
    assert health.found() == {"database": "It can't be asked: OperationalError."}


def test_the_public_is_told_yes(client, all_well):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})
    assert "no-store" in answer["Cache-Control"]


def test_the_public_is_told_no_and_not_why(client, monkeypatch):
    monkeypatch.setattr(health, "CHECKS", {"disk": lambda: "Only 3 MB are free."})
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_to_ask_often_costs_nothing(client, monkeypatch):
    asked = []
    monkeypatch.setattr(health, "CHECKS", {"disk": lambda: asked.append(1) or ""})
    for _ in range(20):
        client.get("/readyz")
    assert len(asked) == 1


def test_whether_it_lives_is_answered_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok"


def test_whoever_watches_from_beside_the_site_needs_no_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
