"""A line says what happened, where and in which request; whoever wrote it, no value of anybody's stands in it."""

# ruff: noqa: G003, G004  this is how other people's libraries write
import io
import json
import logging
import sys
import threading
import warnings
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from shelterbelt.core import log_lines

RUTH = "Ruth Abel, ruth@example.org, 203.0.113.77, sesame"


def written(logger: logging.Logger, say, *, terminal: bool = False) -> str:
    """What a logger makes of it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(log_lines.formatter(terminal=terminal))
    logger.addHandler(handler)
    try:
        say()
    finally:
        logger.removeHandler(handler)
    return out.getvalue()


def line(name: str, say) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(logging.getLogger(name), lambda: say(logging.getLogger(name))))
    return found


def fails(error: Exception) -> None:
    raise error


def raised(error: Exception) -> Exception:
    with pytest.raises(type(error)) as caught:
        fails(error)
    return caught.value


def test_our_own_lines_are_a_sentence_and_pairs():
    log = log_lines.logger("shelterbelt.tests")
    said = written(logging.getLogger("shelterbelt.tests"), lambda: log.info("mailed", reminder=3))
    found = json.loads(said)
    assert list(found)[:3] == ["at", "level", "event"]
    assert (found["event"], found["reminder"], found["level"], found["logger"]) == (
        "mailed", 3, "info", "shelterbelt.tests",
    )  # fmt: skip


def test_our_plain_loggers_are_written_out():
    assert line("shelterbelt.tests", lambda log: log.warning("%d of %d", 2, 3))["event"] == "2 of 3"


def test_a_line_stands_in_the_request_that_it_came_from():
    with log_lines.within(request="3f2a"):
        assert line("shelterbelt.tests", lambda log: log.warning("in"))["request"] == "3f2a"
    assert "request" not in line("shelterbelt.tests", lambda log: log.warning("out"))


def test_a_librarys_own_sentence_is_told_without_its_values():
    found = line("library", lambda log: log.error("no answer from %s for %s", RUTH, RUTH))
    assert found["event"] == "no answer from %s for %s"
    assert "Ruth" not in json.dumps(found)


@pytest.mark.parametrize(
    "say",
    [
        lambda log: log.error(f"Key (email)=({RUTH}) already exists."),
        lambda log: log.error(f"{RUTH}"),
        lambda log: log.error(ValueError(RUTH)),
        lambda log: log.error("oh: " + RUTH),
        lambda log: log.error("form %(form)s", {"form": RUTH}),
        lambda log: log.error("a request", extra={"request": RUTH, "form": RUTH}),
        lambda log: log.error("trouble", exc_info=raised(ValueError(RUTH)), stack_info=True),
    ],
)
def test_a_librarys_sentence_made_of_values_is_left_out(say):
    found = json.dumps(line("library", say))
    assert not [word for word in ("Ruth", "ruth@", "203.0", "sesame") if word in found]


def test_where_a_sentence_was_left_out_its_place_is_told():
    found = line("library", lambda log: log.error(f"for {RUTH}"))
    assert found["event"] == log_lines.LEFT_OUT
    assert found["place"].startswith("shelterbelt/core/tests/test_log_lines.py:")


def test_what_the_queue_does_is_told_in_its_own_word():
    found = line("procrastinate.worker", lambda log: log.error(f"Job 1({RUTH}) failed", extra={"action": "job_error"}))
    assert found["event"] == "queue: job_error"


@pytest.mark.django_db
def test_a_broken_rule_of_the_database_is_told_by_its_name():
    with connection.cursor() as cursor:
        cursor.execute("create temporary table t (email text constraint one_address unique)")
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            cursor.execute("insert into t values (%s), (%s)", [RUTH, RUTH])
    assert RUTH in str(caught.value)
    found = log_lines.told(caught.value)
    assert found["error"] == "IntegrityError"
    assert found["constraint"] == "one_address"
    assert found["because"] == ["UniqueViolation"]
    assert RUTH not in json.dumps(found)


def test_the_way_of_a_failure_is_told_without_what_it_held():
    found = log_lines.told(raised(ValueError(RUTH)))
    assert found["way"][-1].startswith("shelterbelt/core/tests/test_log_lines.py:")
    assert found["way"][-1].endswith(" fails")


def test_addresses_are_caught_in_the_last_net():
    found = line("shelterbelt.tests", lambda log: log.warning("from %s at %s", "ruth@example.org", "203.0.113.77"))
    assert found["event"] == "from (left out) at (left out)"


def test_on_a_terminal_lines_are_plain():
    log = log_lines.logger("shelterbelt.tests")
    said = written(logging.getLogger("shelterbelt.tests"), lambda: log.info("mailed", reminder=3), terminal=True)
    assert "mailed" in said
    assert not said.startswith("{")


@pytest.fixture
def nothing_of_data(monkeypatch):
    """A process that says nothing of data; afterwards this one is as it was."""
    for owner, name in ((logging, "raiseExceptions"), (sys, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    log_lines.say_nothing_of_data()


@pytest.mark.usefixtures("nothing_of_data")
def test_what_nobody_caught_is_told_without_its_words():
    said = written(logging.getLogger("shelterbelt"), lambda: sys.excepthook(ValueError, ValueError(RUTH), None))
    assert json.loads(said)["error"] == "ValueError"
    assert "Ruth" not in said


@pytest.mark.usefixtures("nothing_of_data")
def test_a_thread_that_fails_tells_no_more():
    def run():
        thread = threading.Thread(target=fails, args=[ValueError(RUTH)])
        thread.start()
        thread.join()

    said = written(logging.getLogger("shelterbelt"), run)
    assert json.loads(said)["way"][-1].endswith(" fails")
    assert "Ruth" not in said


@pytest.mark.usefixtures("nothing_of_data")
def test_pythons_warnings_are_told_by_kind_and_place():
    said = written(logging.getLogger("shelterbelt"), lambda: warnings.showwarning(RUTH, UserWarning, __file__, 7))
    assert (json.loads(said)["kind"], "Ruth" in said) == ("UserWarning", False)


@pytest.mark.usefixtures("nothing_of_data")
def test_a_line_that_cannot_be_made_shows_no_values(capsys):
    log = logging.getLogger("shelterbelt.tests")
    written(log, lambda: log.warning("%d left", RUTH))
    assert "Ruth" not in capsys.readouterr().err


def test_errors_are_mailed_to_nobody(settings):
    assert "mail_admins" not in settings.LOGGING["handlers"]
    assert logging.getLogger("django").handlers == []
    assert psycopg.__name__  # the driver's own logger is no exception: it has no handler of its own either
    assert logging.getLogger("psycopg").handlers == logging.getLogger("psycopg.pool").handlers == []
