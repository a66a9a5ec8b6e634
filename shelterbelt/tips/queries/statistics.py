"""The desk's numbers of a period, from rows that say nothing of anybody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet, Sum
from django.db.models.functions import ExtractIsoWeekDay, TruncMonth

from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import StatFact, Tip
from shelterbelt.tips.queries.clocks import Percentile
from shelterbelt.tips.rules.event_types import event_types
from shelterbelt.tips.rules.periods import Period

COUNTED = (Tip.Kind.REAL, Tip.Kind.PRANK, Tip.Kind.FALSE, Tip.Kind.OUT_OF_SCOPE)
"""As the measure A-O2 counts: everything but tests, spam and duplicates; notices of agencies are no tips at all."""
TIMED = {"claimed": "claim", "referred": "refer", "sent": "reach", "acknowledged": "acknowledge", "answered": "outcome"}


@dataclass(frozen=True)
class Times:
    """How long a step took: half of them, and 95 of 100, in seconds."""

    step: str
    many: int
    p50: float | None
    p95: float | None


@dataclass(frozen=True)
class Numbers:
    """All of a period."""

    period: Period
    tips: int
    life_safety: int
    apart: Mapping[str, int]
    by_group: Mapping[str, int]
    by_type: Mapping[str, int]
    by_channel: Mapping[str, int]
    by_region: Mapping[str, int]
    by_hour: Mapping[int, int]
    by_weekday: Mapping[int, int]
    by_month: Mapping[date, int]
    referrals: Mapping[str, int]
    validity: Mapping[str, int]
    times: list[Times] = field(default_factory=list)

    @property
    def false_share(self) -> float | None:
        """Untrue and meant to harm, in percent of all tips."""
        return 100 * self.apart.get("false", 0) / self.tips if self.tips else None


def first_day(state: Org) -> date | None:
    """The day of the first count; None before there is any."""
    found: date | None = StatFact.objects.filter(org=state).aggregate(first=Min("received_on"))["first"]
    return found


def numbers(state: Org, period: Period, *, region: int | None = None) -> Numbers:
    """Count a period, of the whole state or of one region."""
    facts = StatFact.objects.filter(org=state)
    if region is not None:
        facts = facts.filter(region=region)
    came = facts.filter(step__in=("received", "noticed"), received_on__range=(period.first, period.last))
    tips = came.filter(step="received", kind__in=COUNTED)
    steps = facts.filter(on__range=(period.first, period.last))
    by_type = _sums(tips, "event_type")
    return Numbers(
        period=period,
        tips=_sum(tips),
        life_safety=_sum(tips.filter(is_life_safety=True)),
        apart=_sums(came.exclude(kind=Tip.Kind.REAL), "kind"),
        by_group=_by_group(by_type),
        by_type=by_type,
        by_channel=_sums(tips, "channel"),
        by_region=_sums(tips, "region__name"),
        by_hour=_sums(tips, "hour"),
        by_weekday=_sums(tips.annotate(weekday=ExtractIsoWeekDay("received_on")), "weekday"),
        by_month=_sums(tips.annotate(month=TruncMonth("received_on")), "month"),
        referrals=_sums(steps.filter(step="referred"), "recipient_class"),
        validity=_sums(steps.filter(step="answered"), "word"),
        times=_times(steps),
    )


def rows(state: Org, period: Period) -> Iterator[tuple[Any, ...]]:
    """One line for each day, type, channel, kind and region: what an export holds."""
    names = ("received_on", "event_type", "channel", "kind", "is_life_safety", "region__name")
    came = StatFact.objects.filter(
        org=state, step__in=("received", "noticed"), received_on__range=(period.first, period.last)
    )
    yield ("day", "event_type", "channel", "kind", "life_safety", "region", "tips")
    for row in came.values_list(*names).annotate(many=Sum("amount")).exclude(many=0).order_by(*names):
        day, kind, channel, judged, grave, region, many = row
        yield (day.isoformat(), kind, channel, judged, "yes" if grave else "no", region or "", many)


def _sum(facts: QuerySet[StatFact]) -> int:
    return int(facts.aggregate(many=Sum("amount"))["many"] or 0)


def _sums(facts: "QuerySet[Any]", name: str) -> dict[Any, int]:
    found = facts.values_list(name).annotate(many=Sum("amount")).order_by(name)
    return {key: many for key, many in found if many}


def _by_group(by_type: Mapping[str, int]) -> dict[str, int]:
    known, groups = event_types(), dict[str, int]()
    for code, many in by_type.items():
        group = known[code].group if code in known else "something_else"
        groups[group] = groups.get(group, 0) + many
    return groups


def _times(steps: QuerySet[StatFact]) -> list[Times]:
    timed = steps.filter(step__in=TIMED, amount=1).exclude(seconds=None)
    found = timed.values("step").annotate(
        many=Sum("amount"), p50=Percentile("seconds", 0.5), p95=Percentile("seconds", 0.95)
    )  # fmt: skip
    known = {row["step"]: Times(TIMED[row["step"]], row["many"], row["p50"], row["p95"]) for row in found}
    return [known.get(step, Times(name, 0, None, None)) for step, name in TIMED.items()]
