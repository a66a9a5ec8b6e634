"""How much two tips are alike: by place, time, what they are about, and rare words that both hold."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Number = TypeVar("Number")
_WORD = re.compile(r"\w{4,}")
COMMON = 0.1
"""A word in more than this share of the tips compared says nothing."""
LEAST = 4
"""Tips less alike than this aren't worth a look."""
NEAR, SAME_WEEK = timedelta(hours=24), timedelta(days=7)


@dataclass(frozen=True)
class Facts(Generic[Number]):
    """What two tips are compared by."""

    number: Number
    school: int | None
    at: datetime
    types: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Alike(Generic[Number]):
    """A tip that may belong to another, with why."""

    number: Number
    points: int
    same_school: bool = False
    same_type: bool = False
    near: bool = False
    shared: tuple[str, ...] = field(default=())


def words_in(*texts: str) -> frozenset[str]:
    """Words of four letters or more, without accents and capitals."""
    spread = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    return frozenset(_WORD.findall("".join(each for each in spread if not unicodedata.combining(each))))


def alike(this: Facts[Number], others: Iterable[Facts[Number]], most: int = 5) -> list[Alike[Number]]:
    """The tips most like this one, the most alike first."""
    compared = list(others)
    counts = Counter(word for each in compared for word in each.words)
    limit = max(2, int(len(compared) * COMMON))
    rare = {word: counts[word] for word in this.words if 0 < counts[word] <= limit}
    found = [_compare(this, each, rare) for each in compared]
    return sorted((each for each in found if each.points >= LEAST), key=lambda each: -each.points)[:most]


def _compare(this: Facts[Number], other: Facts[Number], rare: Mapping[str, int]) -> Alike[Number]:
    apart = abs(this.at - other.at)
    shared = tuple(sorted(other.words & rare.keys(), key=lambda word: (rare[word], -len(word), word)))
    same_school = this.school is not None and this.school == other.school
    same_type = bool(this.types & other.types)
    points = 3 * same_school + 2 * same_type + 2 * (apart <= NEAR) + (NEAR < apart <= SAME_WEEK) + min(4, len(shared))
    return Alike(other.number, points, same_school, same_type, apart <= NEAR, shared[:4])
