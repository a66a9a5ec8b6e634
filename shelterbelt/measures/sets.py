"""Sets of units as definitions name them: described now, read later, many of them in one pass over the same records."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

if TYPE_CHECKING:
    from shelterbelt.measures.asking import Asked


class Described:
    """A set that isn't read yet."""

    def among(self, *others: "Units") -> "Among":
        """Only those who are in all of these sets as well."""
        return Among(self, others)

    def or_in(self, *others: "Units") -> "AnyOf":
        """Also those who are in one of these sets."""
        return AnyOf((self, *others))

    def without(self, *others: "Units") -> "Without":
        """Only those who are in none of these sets."""
        return Without(self, others)

    def parts(self) -> "Iterator[Units]":
        """The sets it is made of that records answer."""
        yield self


Units: TypeAlias = QuerySet[Any, Any] | Described
"""A described set, or rows with `unit` (id of a school, district, state or person) and `verified` (level, 1 to 4)."""


@dataclass(frozen=True, eq=False)
class Said(Described):
    """Those whose attestation in force to the asked output fulfils a condition; with none, all who attested."""

    asked: "Asked"
    where: Q

    def filter(self, *conditions: Q | Combinable, **answers: Any) -> "Said":
        """Those of them who fulfil another condition as well."""
        return replace(self, where=self.where & Q(*conditions, **answers))


@dataclass(frozen=True, eq=False)
class Drilled(Described):
    """Schools that held at least so many drills of a sort in the year, and that share of all their drills."""

    asked: "Asked"
    where: Q
    at_least: int
    percent: float = 0


@dataclass(frozen=True, eq=False)
class Among(Described):
    """Those of a set who are in all the others; their level is the set's."""

    chosen: Described
    others: tuple[Units, ...]

    def parts(self) -> Iterator[Units]:
        """The sets it is made of that records answer."""
        return parts_of(self.chosen, *self.others)


@dataclass(frozen=True, eq=False)
class Without(Described):
    """Those of a set who are in none of the others; their level is the set's."""

    chosen: Described
    others: tuple[Units, ...]

    def parts(self) -> Iterator[Units]:
        """The sets it is made of that records answer."""
        return parts_of(self.chosen, *self.others)


@dataclass(frozen=True, eq=False)
class AnyOf(Described):
    """Those who are in one of several sets; in two, the better level counts."""

    sets: tuple[Units, ...]

    def parts(self) -> Iterator[Units]:
        """The sets it is made of that records answer."""
        return parts_of(*self.sets)


NOBODY = AnyOf(())
"""Nobody at all."""


def parts_of(*sets: Units) -> Iterator[Units]:
    """The sets that records answer, of which others are made."""
    for each in sets:
        if isinstance(each, Described):
            yield from each.parts()
        else:
            yield each
