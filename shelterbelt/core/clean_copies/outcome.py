"""How a cleaning ends."""

from dataclasses import dataclass
from enum import StrEnum

from shelterbelt.core.clean_copies.kinds import Kind, Reason


class State(StrEnum):
    """Where an attachment stands; the same words as the row's."""

    WAITING = "waiting"
    CLEAN = "clean"
    NO_CLEAN_COPY = "original_only"
    REFUSED = "refused"


class Left(StrEnum):
    """What a clean copy may still tell; shown beside it."""

    PICTURES_INSIDE = "pictures_inside"
    """Drawings inside an office file that can't be drawn anew (EMF, WMF, TIFF)."""
    HIDDEN_MARKS = "hidden_marks"
    """Films and sounds as they were recorded: what is within the picture or the sound stays."""


class CannotBeCleaned(Exception):
    """It has no clean copy, for this reason. Its original stays sealed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(CannotBeCleaned):
    """It is a kind of file that isn't taken, is built to do harm, or holds more than is opened."""


@dataclass(frozen=True)
class Outcome:
    """What a file turned out to be, and its clean copy where it has one."""

    state: State
    kind: Kind | None = None
    reason: Reason | None = None
    copy: bytes = b""
    left: tuple[Left, ...] = ()
