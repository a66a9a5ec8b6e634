"""The process in which one file is cleaned: it reads the file from its input and writes what became of it.

It has its memory, its processor time, and nothing else: no secret, no database, no file and no connection that it
could open. Whoever takes it over through a fault in a decoder holds one file that they sent themselves.
"""

import ctypes
import json
import os
import resource
import sys

from shelterbelt.core.clean_copies.landlock import leave_the_disk
from shelterbelt.core.clean_copies.limits import MEMORY, SECONDS

TOO_MUCH_MEMORY, FAILED = 4, 5
"""How it ends by itself when there is no answer."""
_NO_NEW_RIGHTS, _NOT_DUMPED = 38, 4


def main() -> int:
    """Read, lock up, clean, write."""
    from PIL import Image

    from shelterbelt.core.clean_copies.cleaned import cleaned

    Image.preinit()
    content = sys.stdin.buffer.read()
    lock_up()
    try:
        outcome = cleaned(content)
    except MemoryError:
        return TOO_MUCH_MEMORY
    about = {
        "state": outcome.state,
        "kind": outcome.kind.name if outcome.kind else None,
        "reason": outcome.reason,
        "left": outcome.left,
    }
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + outcome.copy)
    sys.stdout.buffer.flush()
    return 0


def lock_up() -> None:
    """Give this process so much and no more. What it needs to read of the disk it has read."""
    leave_the_disk()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        resource.setrlimit(nothing, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
        ctypes.CDLL(None).prctl(_NOT_DUMPED, 0, 0, 0, 0)


if __name__ == "__main__":
    try:
        ended = main()
    except Exception:  # noqa: BLE001  its words may hold words of the file: only that it failed is told
        ended = FAILED
    sys.stdout.flush()
    os._exit(ended)  # at once: nothing is left to be put in order
