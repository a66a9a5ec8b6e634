"""Where a request stands, and what its answer lacks."""

from collections.abc import Iterable
from dataclasses import dataclass

RECEIVED, ANSWERED, WITHDRAWN = "received", "answered", "withdrawn"
NEXT: dict[str, frozenset[str]] = {
    RECEIVED: frozenset({ANSWERED, WITHDRAWN}),
    ANSWERED: frozenset(),
    WITHDRAWN: frozenset(),
}

OPEN, SEPARATED, CLOSED = "open", "separated", "closed"


@dataclass(frozen=True)
class Part:
    """A record that was asked for, as far as the rules look at it."""

    title: str
    given: str
    is_closed_class: bool
    """Whether a determination closes its class today."""
    has_file: bool
    has_ground: bool
    """Whether the determination it names closes its class today."""


def may_become(before: str, after: str) -> bool:
    """Whether a request moves from one state to another."""
    return after in NEXT[before]


def missing(parts: Iterable[Part]) -> list[tuple[str, str]]:
    """What stands between a request and its answer: what is wrong, and with which part."""
    return [(code, part.title) for part in parts for code in _faults(part)]


def _faults(part: Part) -> list[str]:
    faults = []
    if part.given == OPEN and part.is_closed_class:
        faults.append("is_closed")
    if part.given in (OPEN, SEPARATED) and not part.has_file:
        faults.append("no_file")
    if part.given in (SEPARATED, CLOSED) and not part.has_ground:
        faults.append("no_ground")
    return faults
