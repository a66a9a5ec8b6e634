"""Keeps computed answers for as long as the facts under them stand still, and not a moment longer.

The key of a kept answer holds the sums of change notes it depends on (core.models.Change), read before the facts
themselves. A newer fact has a greater sum, so an answer under an older key is never given for it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q, Sum

from shelterbelt.core.models import Change

T = TypeVar("T")
Sums = Mapping[tuple[str, int | None], int]
"""Topic and school year (None: all years) to the sum of its change notes."""

MOST_KEPT = 20_000
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def sums_of_changes(years: Iterable[int]) -> Sums:
    """How often each topic changed, in these years and for all."""
    rows = (
        Change.objects.filter(Q(year=None) | Q(year__in=list(years)))
        .values_list("topic", "year")
        .annotate(total=Sum("n"))
        .order_by()
    )
    return {(topic, year): total for topic, year, total in rows}


def key_of(sums: Sums, topics: Iterable[str], year: int) -> tuple[int, ...]:
    """What stands still as long as none of these topics changes for a year."""
    return tuple(sums.get((topic, each), 0) for topic in topics for each in (None, year))


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """The answer kept under a key, made now if there is none. The least used go first."""
    key = (connection.settings_dict["NAME"], key)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            answer: T = _kept[key]
            return answer
    answer = make()
    with _lock:
        _kept[key] = answer
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return answer


def forget() -> None:
    """Forget everything kept; for measuring how long it takes to make anew."""
    with _lock:
        _kept.clear()
