"""The process that reads one file: from its input, with its memory and its time, and without a disk or a network."""

import json
import os
import sys
from dataclasses import asdict
from encodings import ascii as plain_ascii, cp437, cp1252, latin_1, mac_roman, utf_16, utf_16_be, utf_16_le
from xml.dom import expatbuilder, minidom, pulldom
from xml.sax import expatreader

from shelterbelt.core.clean_copies.__main__ import FAILED, TOO_MUCH_MEMORY, lock_up
from shelterbelt.plans.incoming.reading import docx, pdf
from shelterbelt.plans.incoming.reading.parts import CannotBeRead, Read, Why

LOADED = (
    plain_ascii, cp437, cp1252, latin_1, mac_roman, utf_16, utf_16_be, utf_16_le, expatbuilder, minidom, pulldom,
    expatreader,
)  # fmt: skip
"""Parts that would be loaded when they are first needed: then this process can open no file any more."""
_READERS = {"docx": docx.read, "pdf": pdf.read}


def main() -> int:
    """Read, lock up, take apart, write."""
    content = sys.stdin.buffer.read()
    reader = _READERS[sys.argv[1]]
    lock_up()
    try:
        _tell(reader(content))
    except CannotBeRead as error:
        _write({"why": error.why}, [])
    except MemoryError:
        return TOO_MUCH_MEMORY
    except RecursionError:
        _write({"why": Why.TOO_MUCH_INSIDE}, [])
    return 0


def _tell(found: Read) -> None:
    parts = [asdict(part) for part in found.parts]
    _write({"parts": parts, "lost": found.lost, "sizes": [len(each) for each in found.pictures]}, found.pictures)


def _write(about: dict[str, object], pictures: list[bytes]) -> None:
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + b"".join(pictures))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        ended = main()
    except Exception:  # noqa: BLE001  its words may hold words of the plan: only that it failed is told
        ended = FAILED
    sys.stdout.flush()
    os._exit(ended)
