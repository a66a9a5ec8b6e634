"""Keeps computed answers for as long as the facts under them stand still, and not a moment longer.

A kept answer bears a mark of every set of change notes it depends on (core.models.Change), read before the facts
themselves. Newer facts have more notes, and a note's id is never used twice, so an answer made from other facts (older
ones, or ones that were rolled back) is never given. A newer answer takes the older one's place.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import Any, TypeVar, cast

from django.db import connection

T = TypeVar("T")
Mark = tuple[int, int]
"""How many notes there are, and the sum of their ids' 64-bit hashes: another set has, for all practice, another."""
Marks = Mapping[tuple[str, int | None], Mark]
"""The mark of each topic and school year (None: all years)."""

MOST_KEPT = 6_000
"""Answers kept in a process, at some 10 kB each for a state of 3,000 schools."""
_NOTHING = object()
_kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
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


def mark_of(marks: Marks, topics: Iterable[str], year: int) -> tuple[Mark | None, ...]:
    """What stands still as long as none of these topics changes for a year."""
    return tuple(marks.get((topic, each)) for topic in topics for each in (None, year))


def kept(question: Hashable, mark: Hashable, make: Callable[[], T]) -> T:
    """The answer kept for a question under a mark, made now if there is none. The least used go first.

    Whoever asks for what somebody else is making waits for it: after a change, twenty readers cost one computation.
    Answers are made of smaller ones (figures of facts, facts of places), never in a circle, so nobody waits for ever.
    """
    question = (connection.settings_dict["NAME"], question)
    answer = _look(question, mark)
    if answer is _NOTHING:
        with _turn((question, mark)):
            answer = _look(question, mark)
            if answer is _NOTHING:
                answer = make()
                _keep(question, mark, answer)
    return cast("T", answer)


def kept_together(wanted: Sequence[tuple[Hashable, Hashable]], make: Callable[[list[int]], Sequence[Any]]) -> None:
    """See to it that several answers are kept: `make` is told which of them are missing and makes those at once.

    `wanted` are questions with their marks. The turns are taken in one order by everybody, so that nobody waits in a
    circle.
    """
    wanted = [((connection.settings_dict["NAME"], question), mark) for question, mark in wanted]
    with ExitStack() as turns:
        for key in sorted((key for key in wanted if _look(*key) is _NOTHING), key=repr):
            turns.enter_context(_turn(key))
        missing = [place for place, key in enumerate(wanted) if _look(*key) is _NOTHING]
        for place, answer in zip(missing, make(missing) if missing else (), strict=True):
            _keep(*wanted[place], answer)


def _look(question: Hashable, mark: Hashable) -> object:
    with _lock:
        found = _kept.get(question)
        if found is None or found[0] != mark:
            return _NOTHING
        _kept.move_to_end(question)
        return found[1]


def _keep(question: Hashable, mark: Hashable, answer: object) -> None:
    with _lock:
        _kept[question] = (mark, answer)
        _kept.move_to_end(question)
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
