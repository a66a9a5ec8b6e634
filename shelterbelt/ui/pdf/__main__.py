"""The process that sets one sheet or draws a PDF's pages: it reads what to do from its input and writes the files.

It has its memory and its processor time, no secret and no database. Nothing that it could say about a failure leaves
it but its kind: the words of a compiler hold words of the plan.
"""

import json
import os
import resource
import sys

from shelterbelt.ui.pdf.limits import FAILED, MEMORY, SECONDS
from shelterbelt.ui.pdf.setting import pages_of, set_sheet


def main() -> int:
    """Read, lock up, set, write."""
    asked = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(nothing, (0, 0))
    files = pages_of(asked) if "dots" in asked else [set_sheet(asked)]
    sys.stdout.buffer.write(json.dumps([len(file) for file in files]).encode() + b"\n" + b"".join(files))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    try:
        ended = main()
    except Exception:  # noqa: BLE001  its words may hold words of the plan: only that it failed is told
        ended = FAILED
    sys.stdout.flush()
    os._exit(ended)
