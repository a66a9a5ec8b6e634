"""Writes what can be counted as each step is taken, without saying whose step it was."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import groups_of
from shelterbelt.tips.models import AgencyNotice, StatFact, Tip


def count(step: str, tips: Sequence[Tip], *, at: datetime, amount: int = 1, **more: Any) -> None:
    """One row for a step of each of these tips."""
    StatFact.objects.bulk_create(fact(step, tip, at=at, amount=amount, **more) for tip in tips)


def fact(step: str, tip: Tip, *, at: datetime, amount: int = 1, **more: Any) -> StatFact:
    """The row of one step. `more`: recipient_class, is_primary, word, seconds."""
    moment = timezone.localtime(at if step != "received" else tip.received_at)
    return StatFact(
        org_id=tip.org_id,
        step=step,
        amount=amount,
        on=moment.date(),
        hour=moment.hour,
        received_on=timezone.localdate(tip.received_at),
        channel=tip.channel,
        event_type=tip.event_type,
        kind=tip.kind,
        is_life_safety=tip.is_life_safety,
        region_id=_region(tip),
        **more,
    )


def notice_fact(step: str, notice: AgencyNotice, *, at: datetime, amount: int = 1, **more: Any) -> StatFact:
    """The row of one step of an agency's notice: of a kind of its own, so that it is never counted with tips."""
    moment = timezone.localtime(at)
    given_on = timezone.localdate(notice.given_at)
    return StatFact(
        org_id=notice.state_org_id, step=step, amount=amount, on=moment.date(), hour=moment.hour, received_on=given_on,
        channel="agency", event_type="handle_with_care", kind="notice", is_life_safety=False,
        region_id=_region_of(notice.school_id, given_on), **more,
    )  # fmt: skip


def _region(tip: Tip) -> int | None:
    """The region of the tip's school on that day."""
    return _region_of(tip.school_id, timezone.localdate(tip.received_at)) if tip.school_id else None


@lru_cache(maxsize=10_000)
def _region_of(school_id: int, on: date) -> int | None:
    groups = groups_of(Org.objects.get(pk=school_id), on)
    return next((groups[axis].pk for axis in sorted(groups) if groups[axis].kind == Org.Kind.REGION), None)
