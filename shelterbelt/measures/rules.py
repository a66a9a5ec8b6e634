"""Arithmetic of figures: counts of answers per group, and what follows from them. No database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Small: TypeAlias = npt.NDArray[np.int8]

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


def answers(units: Ints, *, met: tuple[Ints, Ints], reported: Ints, not_concerned: Ints) -> tuple[Small, Small]:
    """Each unit's answer and level of verification, from the sets a definition gave.

    `units` are sorted ids; `met` is ids with their levels, repeated ids allowed (the best level counts). Ids that are
    no units here are passed over. What meets an output was reported; what isn't concerned can't meet it.
    """
    answer = np.full(len(units), Answer.NOT_REPORTED, dtype=np.int8)
    level = np.zeros(len(units), dtype=np.int8)
    answer[_places(units, reported)] = Answer.NOT_MET
    ids, levels = met
    here = _is_here(units, ids)
    places = np.searchsorted(units, ids[here])
    answer[places] = Answer.MET
    np.maximum.at(level, places, levels[here].astype(np.int8))
    aside = _places(units, not_concerned)
    answer[aside] = Answer.NOT_APPLICABLE
    level[aside] = 0
    return answer, level


def _is_here(units: Ints, ids: Ints) -> npt.NDArray[np.bool_]:
    if not len(units):
        return np.zeros(len(ids), dtype=bool)
    return np.equal(units[np.minimum(np.searchsorted(units, ids), len(units) - 1)], ids)


def _places(units: Ints, ids: Ints) -> Ints:
    return np.searchsorted(units, ids[_is_here(units, ids)])


def roll_up(codes: Ints, groups: int, answer: Small, level: Small) -> list[Figure]:
    """Count the answers of each group: unit i lies in group `codes[i]`, of 0 to `groups` - 1."""
    kinds = len(Answer)
    counts = np.bincount(codes * kinds + answer, minlength=groups * kinds).reshape(groups, kinds)
    verified = np.bincount(codes[(answer == Answer.MET) & (level >= REVIEWED)], minlength=groups)
    return [
        Figure(
            met=int(row[Answer.MET]),
            not_met=int(row[Answer.NOT_MET]),
            not_reported=int(row[Answer.NOT_REPORTED]),
            not_applicable=int(row[Answer.NOT_APPLICABLE]),
            verified=int(seen),
        )
        for row, seen in zip(counts, verified, strict=True)
    ]
