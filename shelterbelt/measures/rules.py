"""Arithmetic of figures: counts of answers per group, and what follows from them. No database, no clock."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from shelterbelt.core.arrays import Ints, Lookup

Key = TypeVar("Key", bound=Hashable)
Small: TypeAlias = npt.NDArray[np.int8]
Counts: TypeAlias = npt.NDArray[np.int32]

REVIEWED = 3
"""From this level of verification on, a figure counts an answer as verified by somebody else."""


class Answer(IntEnum):
    """What is known of one unit for one output and year. Not reported is never `not met`, and never dropped."""

    NOT_REPORTED = 0
    NOT_MET = 1
    MET = 2
    NOT_APPLICABLE = 3

    @property
    def word(self) -> str:
        """How it stands in addresses, classes and exports."""
        return self.name.lower()


@dataclass(frozen=True)
class Figure:
    """How many units of a group gave each answer; every percentage is computed from these, never from percentages."""

    met: int = 0
    not_met: int = 0
    not_reported: int = 0
    not_applicable: int = 0
    verified: int = 0

    @property
    def concerned(self) -> int:
        """The denominator: all units but those to which the output does not apply."""
        return self.met + self.not_met + self.not_reported

    @property
    def units(self) -> int:
        """All units."""
        return self.concerned + self.not_applicable

    @property
    def value(self) -> float | None:
        """Percent that meet it; None where nobody is concerned. Also the lower bound."""
        return 100 * self.met / self.concerned if self.concerned else None

    @property
    def high(self) -> float | None:
        """Percent if all who did not report met it."""
        return 100 * (self.met + self.not_reported) / self.concerned if self.concerned else None

    @property
    def reporting_rate(self) -> float | None:
        """Percent of the concerned that reported."""
        return 100 * (self.met + self.not_met) / self.concerned if self.concerned else None

    @property
    def verified_share(self) -> float | None:
        """Percent of those that meet it whose answer was reviewed by somebody else."""
        return 100 * self.verified / self.met if self.met else None

    @property
    def lacking(self) -> int:
        """Units that still have something to do."""
        return self.not_met + self.not_reported

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def __iter__(self) -> Iterator[int]:
        yield from (self.met, self.not_met, self.not_reported, self.not_applicable, self.verified)


def places_of(units: Ints) -> Lookup:
    """Where each of these ids stands among them; -1 for any other."""
    return Lookup(units, np.arange(len(units)), -1)


def answers(
    places: Lookup, many: int, *, met: tuple[Ints, Ints], reported: Ints, not_concerned: Ints
) -> tuple[Small, Small]:
    """Each unit's answer and level of verification, from the sets a definition gave.

    `places` says where each of the `many` units stands; `met` is ids with their levels, repeated ids allowed (the best
    level counts). Ids that are no units here are passed over. What meets an output was reported; what isn't concerned
    can't meet it.
    """
    # One place more than there are units, where everything goes that is none of them.
    answer = np.full(many + 1, Answer.NOT_REPORTED, dtype=np.int8)
    level = np.zeros(many + 1, dtype=np.int8)
    answer[places(reported)] = Answer.NOT_MET
    ids, levels = met
    where = places(ids)
    answer[where] = Answer.MET
    np.maximum.at(level, where, levels.astype(np.int8))
    aside = places(not_concerned)
    answer[aside] = Answer.NOT_APPLICABLE
    level[aside] = 0
    return answer[:-1], level[:-1]


VERIFIED = len(Answer)
"""Stands beside the answers for one that meets it and was reviewed."""


def kinds(answer: Small, level: Small) -> Small:
    """Each unit's answer as it is counted: those reviewed apart from the others that meet it."""
    return np.where((answer == Answer.MET) & (level >= REVIEWED), VERIFIED, answer).astype(np.int8)


def roll_up(codes: Ints, groups: int, counted: Small) -> Counts:
    """Count the answers of each group: unit i lies in group `codes[i]`, of 0 to `groups` - 1.

    A row for each group, with the fields of a figure.
    """
    width = VERIFIED + 1
    many = np.bincount(codes * width + counted, minlength=groups * width).reshape(groups, width).T
    met = many[Answer.MET] + many[VERIFIED]
    rows = (met, many[Answer.NOT_MET], many[Answer.NOT_REPORTED], many[Answer.NOT_APPLICABLE], many[VERIFIED])
    return np.stack(rows, axis=1).astype(np.int32)


class Figures(Mapping[Key, Figure]):
    """The figure of every group, made when somebody looks at it: of a nation's districts most are never looked at."""

    def __init__(self, places: Mapping[Key, int], counts: Counts) -> None:
        self._places, self.counts = places, counts

    @property
    def nbytes(self) -> int:
        """How much memory it takes, without the keys, which all figures of an axis share."""
        return self.counts.nbytes

    def __getitem__(self, key: Key) -> Figure:
        return Figure(*self.counts[self._places[key]].tolist())

    def __iter__(self) -> Iterator[Key]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
