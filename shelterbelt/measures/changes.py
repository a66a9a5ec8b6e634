"""Keeps computed answers for as long as the facts under them stand still, and not a moment longer.

The key of a kept answer holds a mark of every set of change notes it depends on (core.models.Change), read before the
facts themselves. Newer facts have more notes, and a note's id is never used twice, so an answer made from other facts
(older ones, or ones that were rolled back) is never given.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar, cast

from django.db import connection

T = TypeVar("T")
Mark = tuple[int, int]
"""How many notes there are, and the sum of their ids' 64-bit hashes: another set has, for all practice, another."""
Marks = Mapping[tuple[str, int | None], Mark]
"""The mark of each topic and school year (None: all years)."""

MOST_KEPT = 20_000
_NOTHING = object()
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_turns: dict[Hashable, Lock] = {}
_lock = Lock()

_MARKS = """
select topic, year, count(*), sum(hashint8extended(id, 0)) from core_change
where year is null or year = any (%s) group by topic, year
"""


def marks_of_changes(years: Iterable[int]) -> Marks:
    """The marks of all topics, for these years and for all."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [list(years)])
        return {(topic, year): (count, int(total)) for topic, year, count, total in cursor.fetchall()}


def key_of(marks: Marks, topics: Iterable[str], year: int) -> tuple[Mark | None, ...]:
    """What stands still as long as none of these topics changes for a year."""
    return tuple(marks.get((topic, each)) for topic in topics for each in (None, year))


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """The answer kept under a key, made now if there is none. The least used go first.

    Whoever asks for what somebody else is making waits for it: after a change, twenty readers cost one computation.
    Answers are made of smaller ones (figures of facts, facts of places), never in a circle, so nobody waits for ever.
    """
    key = (connection.settings_dict["NAME"], key)
    answer = _look(key)
    if answer is _NOTHING:
        with _turn(key):
            answer = _look(key)
            if answer is _NOTHING:
                answer = make()
                _keep(key, answer)
    return cast("T", answer)


def _look(key: Hashable) -> object:
    with _lock:
        if key not in _kept:
            return _NOTHING
        _kept.move_to_end(key)
        return _kept[key]


def _keep(key: Hashable, answer: object) -> None:
    with _lock:
        _kept[key] = answer
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


@contextmanager
def _turn(key: Hashable) -> Iterator[None]:
    with _lock:
        turn = _turns.setdefault(key, Lock())
    try:
        with turn:
            yield
    finally:
        with _lock:
            _turns.pop(key, None)


def forget() -> None:
    """Forget everything kept; for measuring how long it takes to make anew."""
    with _lock:
        _kept.clear()
