"""How well clocks were kept: met and missed, how long it took, by day and by person. For supervisors.

Counts and times come from the rows that say nothing of anybody, so they outlive the tips. Who kept theirs is asked of
the clocks themselves, and is gone with the tips.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Q, QuerySet, Sum

from shelterbelt.people.models import Person
from shelterbelt.tips.models import Clock, StatFact
from shelterbelt.tips.rules.plans import KINDS

STEP_OF: Mapping[str, str] = {
    "claim": "claimed",
    "dispatch": "referred",
    "acknowledge": "acknowledged",
    "outcome": "answered",
}
"""The step whose rows tell how long it took, where there is one. A missed clock tells only when it was missed."""
COUNTED = ("met", "missed")


class Percentile(Aggregate):
    """The value that so large a share of all lies below, of a whole group."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) within group (order by %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: str, share: float, **extra: Any) -> None:
        super().__init__(expression, share=float(share), **extra)


@dataclass(frozen=True)
class Kept:
    """How one kind of clock was kept, for life safety or for other tips."""

    kind: str
    is_life_safety: bool
    met: int
    missed: int
    p50: float | None
    """Seconds; of what was done, late or not."""
    p95: float | None

    @property
    def missed_share(self) -> float | None:
        """In percent; none where nothing was due."""
        return 100 * self.missed / (self.met + self.missed) if self.met + self.missed else None


@dataclass(frozen=True)
class Day:
    """What was met and missed on a day."""

    on: date
    met: int
    missed: int


@dataclass(frozen=True)
class PersonKept:
    """What was met and missed with tips that somebody has."""

    person: Person
    met: int
    missed: int


def kept(state_id: int, first: date, last: date) -> list[Kept]:
    """Every kind, life safety first, from a day to a day."""
    facts = StatFact.objects.filter(org=state_id, on__range=(first, last))
    counted = {
        (row["word"], row["is_life_safety"]): row
        for row in facts.filter(step__in=COUNTED).values("word", "is_life_safety").annotate(**_sums())
    }
    times = _times(facts)
    every = [(kind, grave) for kind in KINDS for grave in (True, False)]
    return [_kept(of, counted.get(of, {}), times) for of in every]


def by_day(state_id: int, first: date, last: date, *, kinds: Iterable[str] = KINDS) -> list[Day]:
    """Each day on which anything was due."""
    facts = StatFact.objects.filter(org=state_id, on__range=(first, last), step__in=COUNTED, word__in=list(kinds))
    sums = _sums()
    rows = facts.values_list("on").annotate(met=sums["met"], missed=sums["missed"]).order_by("on")
    return [Day(on, met or 0, missed or 0) for on, met, missed in rows]


def by_person(state_id: int, first: date, last: date) -> list[PersonKept]:
    """The owners of tips, with the clocks that are the desk's own: to claim, to send out, to answer the reporter."""
    own = Clock.objects.filter(org=state_id, step=1, referral=None, started_at__date__range=(first, last))
    met, missed = Q(outcome=Clock.Outcome.MET), Q(outcome=Clock.Outcome.BREACHED)
    rows = own.exclude(tip__owner=None).values("tip__owner").annotate(
        met=Count("pk", filter=met), missed=Count("pk", filter=missed)
    )  # fmt: skip
    numbers = {row["tip__owner"]: row for row in rows if row["met"] or row["missed"]}
    people = Person.objects.filter(pk__in=numbers).order_by("name", "pk")
    return [PersonKept(person, numbers[person.pk]["met"], numbers[person.pk]["missed"]) for person in people]


def _sums() -> dict[str, Sum]:
    return {step: Sum("amount", filter=Q(step=step)) for step in COUNTED}


def _times(facts: "QuerySet[StatFact]") -> dict[tuple[str, bool], tuple[float | None, float | None]]:
    done = facts.filter(step__in=STEP_OF.values(), amount=1).exclude(seconds=None)
    rows = done.values("step", "is_life_safety").annotate(
        p50=Percentile("seconds", 0.5), p95=Percentile("seconds", 0.95)
    )  # fmt: skip
    return {(row["step"], row["is_life_safety"]): (row["p50"], row["p95"]) for row in rows}


def _kept(
    of: tuple[str, bool],
    row: Mapping[str, Any],
    times: Mapping[tuple[str, bool], tuple[float | None, float | None]],
) -> Kept:
    kind, grave = of
    p50, p95 = times.get((STEP_OF.get(kind, ""), grave), (None, None))
    return Kept(kind, grave, row.get("met") or 0, row.get("missed") or 0, p50, p95)
