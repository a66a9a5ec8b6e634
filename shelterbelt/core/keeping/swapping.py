"""Puts a folder in the place of another: at once where the file system can, and never without a way back."""

import ctypes
import errno
import os
from datetime import datetime
from pathlib import Path

_AT_FDCWD, _EXCHANGE = -100, 2
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def put_in_place(new: Path, place: Path, restored: Path, *, now: datetime) -> Path | None:
    """Put `new` at `place`; where the former one lies then, if there was one.

    `restored` is the name it bears in between. Stopped anywhere, both are there; core/embedded.py takes the last step.
    """
    if not place.exists():
        new.rename(place)
        return None
    if restored.exists():  # of a restore that was stopped between its last two steps
        restored.rename(_free(place, now))
    new.rename(restored)
    former = _free(place, now)
    if _exchange(restored, place):
        restored.rename(former)
    else:
        place.rename(former)
        restored.rename(place)
    return former


def _free(place: Path, now: datetime) -> Path:
    """A name for what was there before."""
    stem, number = f"{place.name}-before-{now:%Y-%m-%dT%H%M%S}", 1
    name = stem
    while place.with_name(name).exists():
        number += 1
        name = f"{stem}-{number}"
    return place.with_name(name)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step (Linux); False where the file system can't."""
    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))
