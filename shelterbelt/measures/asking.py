"""What a definition is asked, and the words it answers in.

A definition is a module in `definitions/` named by the plan's output. It says which units meet the output:

    units_that_meet(asked) -> Units          everybody who meets it, with the level of verification
    units_not_concerned(asked) -> Units      optional: those to which it does not apply
    units_that_reported(asked) -> Units      optional: those that said anything; default: an attestation in force
    amounts(asked) -> Amounts                instead, for outputs that count
    line_<key>(asked) -> Line                one for each second line of the plan's file; those that need records
                                             which no module keeps yet (`needs_records`) may be left out
    evidence(asked, unit) -> list[Evidence]  optional: the records behind a unit's answer; default: its attestation
    missing(asked, unit) -> list[str]        optional: what the unit lacks, in sentences

Everything else (percent, bounds, roll-up, map, list, trend, export) is the engine's, once for all.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from shelterbelt.attestations.models import Attestation
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.answers import given
from shelterbelt.measures.sets import Said, Units
from shelterbelt.strategy.model import Output

Amounts: TypeAlias = QuerySet[Any, Any]
"""Rows with `unit` (id of an organisation) and `n` (how many)."""


@dataclass(frozen=True)
class Asked:
    """The question put to a definition: one output, one school year, judged on one day by what is known on another.

    `on` is the day of the year on which it is judged: what happened, who held an office and what belonged where by
    then. `known_on` is the day of the knowledge: a June drill written up in July counts for the year that ended in
    June, as soon as it is known. `with_closed` is false where offices closed by law must not be counted (RSMo 160.665).
    """

    output: Output
    year: SchoolYear
    on: date
    known_on: date
    with_closed: bool = True

    def threshold(self, name: str) -> float:
        """A threshold of this version of the output, from the plan's file."""
        return float(self.output.thresholds[name])


@dataclass(frozen=True)
class Share:
    """A second line that is a percentage of the same units."""

    units: Units


@dataclass(frozen=True)
class ShareOfAll:
    """A second line that is a percentage of all units, those not concerned included."""

    units: Units


@dataclass(frozen=True)
class Total:
    """A second line that adds something up."""

    amounts: Amounts


@dataclass(frozen=True)
class Parts:
    """A second line in parts, each with its own total."""

    amounts: dict[str, Amounts]


@dataclass(frozen=True)
class Mean:
    """A second line that is the average over the units that answered it (each unit counts once)."""

    amounts: Amounts


@dataclass(frozen=True)
class Stated:
    """A second line in words."""

    text: str


@dataclass(frozen=True)
class Ratio:
    """A second line that divides one sum by another, in percent."""

    part: Amounts
    whole: Amounts


@dataclass(frozen=True)
class Heads:
    """A second line that counts people in parts, each once in a group: rows with `person_id` and `org_id`."""

    people: dict[str, QuerySet[Any, Any]]


Line = Share | ShareOfAll | Total | Parts | Mean | Stated | Ratio | Heads


@dataclass(frozen=True)
class Evidence:
    """One record behind an answer."""

    what: str
    on: date
    level: int
    counts: bool
    route: tuple[str, str] | None = None
    facts: tuple[tuple[str, str], ...] = field(default=())


def in_force(asked: Asked) -> QuerySet[Attestation]:
    """Attestations to the asked output and year that count on the asked day, at level 1 or better."""
    return Attestation.objects.to(asked.output.id, asked.year.starts).counting(asked.known_on)


def attested(asked: Asked, **answers: Any) -> Said:
    """Units whose attestation in force gives these answers; keys may carry lookups (`score__gte`).

    Where people are counted, they are the units; else the organisations that attest.
    """
    return Said(asked, given(**answers))


def rows_of(said: Said) -> QuerySet[Attestation]:
    """The attestations behind a set, for the few questions that need the rows themselves."""
    return in_force(said.asked).filter(said.where)


def amount(asked: Asked, number: Combinable) -> Amounts:
    """What each organisation's attestation in force says of a number; organisations that leave it out are left out."""
    return in_force(asked).annotate(n=number).filter(n__isnull=False).values("n", unit=F("org"))
