"""Has a file read in a process of its own, and believes what it says only as far as it makes sense."""

import json
import os
import signal
import subprocess
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from shelterbelt.core.clean_copies import sniffing
from shelterbelt.core.clean_copies.kinds import DOC, DOCX, PDF, Reason
from shelterbelt.core.clean_copies.limits import PATIENCE
from shelterbelt.plans.incoming.reading.parts import CannotBeRead, Part, Read, Why

ROOT = Path(__file__).resolve().parents[3]
MOST_PARTS = 2000
LONGEST_TITLE = 300
LONGEST_ANSWER = 40 * 1024**2
_TOO_MUCH_MEMORY = 4
_SLOW = {-signal.SIGXCPU, -signal.SIGKILL}
_WHY = {
    Reason.EMPTY: Why.EMPTY,
    Reason.TOO_LARGE: Why.TOO_LARGE,
    Reason.MACROS: Why.MACROS,
    Reason.LOCKED: Why.LOCKED,
    Reason.TOO_MUCH_INSIDE: Why.TOO_MUCH_INSIDE,
    Reason.DAMAGED: Why.DAMAGED,
}


def read_apart(content: bytes) -> Read:
    """A Word file or a PDF, part by part. CannotBeRead with the reason if it is neither or can't be read."""
    kind = sniffing.of_all(content)
    if isinstance(kind, Reason):
        raise CannotBeRead(_WHY.get(kind, Why.NOT_TAKEN))
    if kind is DOC:
        raise CannotBeRead(Why.OLD_WORD)
    if kind not in {DOCX, PDF}:
        raise CannotBeRead(Why.NOT_TAKEN)
    return _answered(_run(content, kind.name))


def _run(content: bytes, kind: str) -> bytes:
    command = [sys.executable, "-m", "shelterbelt.plans.incoming.reading", kind]
    bare = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "2"}
    try:
        ended = subprocess.run(
            command, input=content, env=bare, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise CannotBeRead(Why.TOO_SLOW) from error
    if ended.returncode == _TOO_MUCH_MEMORY:
        raise CannotBeRead(Why.TOO_MUCH_INSIDE)
    if ended.returncode in _SLOW:
        raise CannotBeRead(Why.TOO_SLOW)
    if ended.returncode:
        raise CannotBeRead(Why.DAMAGED)
    return ended.stdout


def _answered(answer: bytes) -> Read:
    about, _, pictures = answer.partition(b"\n")
    if len(about) > LONGEST_ANSWER:
        raise CannotBeRead(Why.TOO_MUCH_INSIDE)
    try:
        told = json.loads(about)
        if "why" in told:
            raise CannotBeRead(Why(told["why"]))
        return _read(told, pictures)
    except (ValueError, KeyError, TypeError) as error:
        raise CannotBeRead(Why.DAMAGED) from error


def _read(told: dict[str, Any], pictures: bytes) -> Read:
    parts = [Part(str(each["title"])[:LONGEST_TITLE], int(each["level"]), str(each["html"])) for each in told["parts"]]
    if len(parts) > MOST_PARTS:
        raise CannotBeRead(Why.TOO_MUCH_INSIDE)
    places = accumulate((int(size) for size in told["sizes"]), initial=0)
    taken = [pictures[begin:end] for begin, end in pairwise(places)]
    return Read(parts, taken, {str(name): int(many) for name, many in told["lost"].items()})
