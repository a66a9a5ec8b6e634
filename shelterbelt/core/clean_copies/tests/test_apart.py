"""One file is cleaned in a process of its own: with so much memory and time, no secret, no file and no connection."""

import io
import resource
import subprocess
import sys
import time

import pytest
from PIL import Image

from shelterbelt.core.clean_copies import apart
from shelterbelt.core.clean_copies.apart import CleaningDied, cleaned_apart
from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.limits import MEMORY
from shelterbelt.core.clean_copies.outcome import State
from shelterbelt.core.clean_copies.tests import made


@pytest.mark.parametrize("file", [made.photo, made.pdf, made.docx, made.odt, made.film, lambda: "Él".encode("cp1252"),
                                  lambda: made.photo(kind="WEBP"), lambda: made.moving("GIF")])  # fmt: skip
def test_every_kind_is_cleaned_though_the_process_can_open_no_file(file):
    outcome = cleaned_apart(file())
    assert outcome.state is State.CLEAN
    assert made.PERSON.encode() not in outcome.copy


def test_a_bomb_is_refused_in_little_time_and_memory():
    file = io.BytesIO()
    Image.new("1", (60_000, 2000)).save(file, "PNG")
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, time.monotonic()
    assert cleaned_apart(file.getvalue()).reason is Reason.TOO_MUCH_INSIDE
    assert time.monotonic() - started < 20
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, MEMORY // 1024)


def can_leave_the_disk() -> bool:
    asked = "from shelterbelt.core.clean_copies.landlock import leave_the_disk\nprint(leave_the_disk())"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=apart.ROOT, check=False)
    return "True" in ended.stdout


def inside(words: str) -> str:
    """What the locked-up process answers to a few words of Python."""
    start = "import os, socket, json\nfrom shelterbelt.core.clean_copies.__main__ import lock_up\nlock_up()\n"
    ended = subprocess.run(
        [sys.executable, "-c", start + words], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(apart.ROOT)},
    )  # fmt: skip
    return ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "words",
    ["open('/etc/passwd')", "open('/tmp/shelterbelt-escape', 'w')", "socket.socket()", "os.pipe()"],
)
def test_the_process_opens_nothing_any_more(words):
    assert "Too many open files" in inside(words)


RAISED = "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))\n"


@pytest.mark.skipif(not can_leave_the_disk(), reason="this system has no Landlock")
@pytest.mark.parametrize("words", ["open('/etc/passwd')", "open('/tmp/shelterbelt-escape', 'w')", "os.listdir('/')"])
def test_nor_does_it_as_the_systems_administrator(words):
    assert "Permission denied" in inside(RAISED + words) or "not allowed to raise" in inside(RAISED + words)


def test_the_process_has_so_much_memory():
    assert "MemoryError" in inside(f"bytes({MEMORY})")


def test_more_memory_than_it_has_is_a_refusal(monkeypatch):
    answer_of(monkeypatch, "import sys; sys.exit(4)")
    assert cleaned_apart(b"x").reason is Reason.TOO_MUCH_INSIDE


@pytest.mark.parametrize(
    "words",
    [
        "import os; os.abort()",
        "import sys; sys.exit(5)",
        "print('not an answer')",
        """print('{"state": "clean", "kind": "exe", "reason": null, "left": []}')""",
        """print('{"state": "clean", "kind": "pdf", "reason": null, "left": ["a"]}')""",
        "print('[]')",
        "print('x' * 10000)",
    ],
)
def test_a_process_that_ends_without_a_right_answer_has_died(monkeypatch, words):
    answer_of(monkeypatch, words)
    with pytest.raises(CleaningDied):
        cleaned_apart(b"x")


def test_a_process_that_takes_too_long_has_died(monkeypatch):
    answer_of(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(apart, "PATIENCE", 0.2)
    with pytest.raises(CleaningDied):
        cleaned_apart(b"x")


def test_the_process_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SHELTERBELT_SECRET_KEY", "told to nobody")
    seen = {}
    run = subprocess.run

    def look(*command, **how):
        seen.update(how["env"])
        return run(*command, **how)

    monkeypatch.setattr(apart.subprocess, "run", look)
    cleaned_apart(b"words")
    assert set(seen) == {"PATH", "PYTHONPATH", "MALLOC_ARENA_MAX"}


def answer_of(monkeypatch, words: str) -> None:
    """Have another program answer in the place of the cleaning."""
    run = subprocess.run

    def other(_command, **how):
        return run([sys.executable, "-c", words], **how)

    monkeypatch.setattr(apart.subprocess, "run", other)
