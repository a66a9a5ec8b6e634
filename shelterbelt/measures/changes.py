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
"""Answers kept in a process."""
MOST_BYTES = 800_000_000
"""How large they may be together. Six years of a state of 3,000 schools need 13 MB, ten of a nation nearly all."""
_SMALL = 1_000
"""Counted for an answer that doesn't say how large it is."""
_NOTHING = object()


class _Shelf:
    """Answers with the marks under which they hold, the least used first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, tuple[Hashable, Any, int]] = OrderedDict()
        self._bytes = 0

    def look(self, question: Hashable, mark: Hashable) -> object:
        """The answer under this very mark."""
        found = self._answers.get(question)
        if found is None or found[0] != mark:
            return _NOTHING
        self._answers.move_to_end(question)
        return found[1]

    def put(self, question: Hashable, mark: Hashable, answer: object) -> None:
        """Put an answer in the place of an older one; the least used make room."""
        self._drop(question)
        size = int(getattr(answer, "nbytes", _SMALL))
        self._answers[question] = (mark, answer, size)
        self._bytes += size
        while len(self._answers) > MOST_KEPT or (self._bytes > MOST_BYTES and len(self._answers) > 1):
            self._drop(next(iter(self._answers)))

    def _drop(self, question: Hashable) -> None:
        self._bytes -= self._answers.pop(question, (None, None, 0))[2]


_shelf = _Shelf()
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
        return _shelf.look(question, mark)


def _keep(question: Hashable, mark: Hashable, answer: object) -> None:
    with _lock:
        _shelf.put(question, mark, answer)


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
    global _shelf  # noqa: PLW0603  there is one of a process
    with _lock:
        _shelf = _Shelf()
