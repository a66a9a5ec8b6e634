"""Why something can't be kept or brought back, as one sentence for the person who asked."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotKeep(Exception):
    """A backup or restore was refused. Nothing in use was touched."""


class Damaged(CannotKeep):
    """A sealed file isn't what was written: changed, cut short, or made by somebody else."""


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def saying_what_fails(what: str, where: Path) -> Iterator[None]:
    """Turn the disk's refusals into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise CannotKeep(f"{what}: there is no room left at {where}. Make room and try again.") from error
        place = error.filename or where
        raise CannotKeep(f"{what}: {os.fsdecode(place)}: {error.strerror or error}.") from error
