"""Has a file cleaned in a process of its own, so that a hostile file takes nothing down but that."""

import json
import os
import subprocess
import sys
from pathlib import Path

from shelterbelt.core.clean_copies.kinds import BY_NAME, Reason
from shelterbelt.core.clean_copies.limits import LARGEST_COPY, PATIENCE
from shelterbelt.core.clean_copies.outcome import Left, Outcome, State

ROOT = Path(__file__).resolve().parents[3]
_TOO_MUCH_MEMORY = 4
_LONGEST_ANSWER = 1000


class CleaningDied(Exception):
    """The process ended without an answer: stopped for its time, or by a fault in a decoder."""


def cleaned_apart(content: bytes) -> Outcome:
    """What became of a file. CleaningDied if there is no answer."""
    command = [sys.executable, "-m", "shelterbelt.core.clean_copies"]
    # A few arenas: on many cores the C library would take address space for each.
    bare = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "2"}
    try:
        ended = subprocess.run(
            command, input=content, env=bare, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise CleaningDied from error
    if ended.returncode == _TOO_MUCH_MEMORY:
        return Outcome(State.REFUSED, reason=Reason.TOO_MUCH_INSIDE)
    if ended.returncode:
        raise CleaningDied
    return _told(ended.stdout)


def _told(answer: bytes) -> Outcome:
    """What the process said, believed only as far as it makes sense: it held a stranger's file."""
    about, _, copy = answer.partition(b"\n")
    if len(about) > _LONGEST_ANSWER or len(copy) > LARGEST_COPY:
        raise CleaningDied
    try:
        told = json.loads(about)
        return Outcome(
            State(told["state"]),
            BY_NAME[told["kind"]] if told["kind"] else None,
            Reason(told["reason"]) if told["reason"] else None,
            copy,
            tuple(Left(each) for each in told["left"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CleaningDied from error
