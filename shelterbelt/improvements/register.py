"""One line of the register, and how rooms above add lines of their own without being known here.

Drills keep their steps in a table of their own (docs/decisions/0016): they stand in the register as lines like others.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise


@dataclass(frozen=True)
class Line:
    """Something that was found, and what is done about it."""

    org: int
    source: str | Promise
    """What found it, in a word or two."""
    kind: str
    """The key by which the register is filtered."""
    what: str
    found_on: date
    status: str
    """As of a corrective action; `unplanned` where nothing is planned yet."""
    status_words: str | Promise
    address: str
    place: str = ""
    who: str = ""
    due_on: date | None = None
    score: int | None = None
    cost: Decimal | None = None
    funding: str | Promise = ""
    done_on: date | None = None
    is_open: bool = True
    is_overdue: bool = False
    org_name: str = ""


Supply = Callable[[Sequence[int], date], Iterable[Line]]
"""Lines of these organisations as of a day."""

_SUPPLIES: dict[str, tuple[str | Promise, Supply]] = {}


def supplies(kind: str, name: str | Promise) -> Callable[[Supply], Supply]:
    """Have a function add lines of one more kind to every register, under a name by which it is filtered."""

    def register(function: Supply) -> Supply:
        _SUPPLIES[kind] = (name, function)
        return function

    return register


def supplied(orgs: Sequence[int], on: date) -> Iterable[Line]:
    """What other rooms add."""
    for _name, supply in _SUPPLIES.values():
        yield from supply(orgs, on)


def kinds() -> list[tuple[str, str | Promise]]:
    """The kinds of lines that other rooms add, for the filter."""
    return [(kind, name) for kind, (name, _supply) in _SUPPLIES.items()]
