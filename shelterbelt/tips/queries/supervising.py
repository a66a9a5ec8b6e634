"""What a supervisor of the desk looks at: who has how much, what lies too long, what waits at the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from shelterbelt.people.models import Person
from shelterbelt.tips.models import AgencyNotice, Referral, Tip
from shelterbelt.tips.queries.people import desk_people
from shelterbelt.tips.queries.queue import said_to_be_none as none_of_them
from shelterbelt.tips.rules.states import NEEDS_WORK

UNREFERRED_AFTER = timedelta(hours=1)
"""A tip that was taken in so long ago and went to nobody is shown (data/clocks.yaml: dispatch within an hour)."""
_OUT = (Referral.State.RETURNED, Referral.State.WITHDRAWN)


@dataclass(frozen=True)
class Load:
    """What one person at the desk has, or nobody has."""

    person: Person | None
    tips: int
    life_safety: int
    oldest: datetime | None


def workload(state_id: int, at: datetime) -> list[Load]:
    """Open tips of everybody who works at the desk now, and those that nobody has, which stand first."""
    people = {person.pk: person for person in desk_people(state_id, at)}
    grave = Count("pk", filter=Q(is_life_safety=True))
    rows = _open(state_id).values("owner").annotate(tips=Count("pk"), grave=grave, oldest=Min("received_at"))
    by_owner: dict[int | None, Any] = {row["owner"]: row for row in rows}
    owners = [owner for owner in by_owner if owner is not None]
    gone = Person.objects.filter(pk__in=owners).exclude(pk__in=people)
    everybody: list[Person | None] = [None, *sorted([*people.values(), *gone], key=lambda person: person.name)]
    return [_load(person, by_owner.get(person.pk if person else None)) for person in everybody]


def _load(person: Person | None, row: dict[str, Any] | None) -> Load:
    return Load(person, row["tips"], row["grave"], row["oldest"]) if row else Load(person, 0, 0, None)


def unreferred(state_id: int, at: datetime) -> QuerySet[Tip]:
    """Tips that nobody was told of for too long, the gravest first."""
    told = Referral.objects.exclude(state__in=_OUT).values("tip")
    real = _open(state_id).filter(kind=Tip.Kind.REAL, taken_in_at__lte=at - UNREFERRED_AFTER)
    return real.exclude(pk__in=told).select_related("school", "owner").order_by("-is_life_safety", "received_at")


def said_to_be_none(state_id: int) -> QuerySet[Tip]:
    """What analysts said is no tip, which only a supervisor closes; the gravest first, then the oldest."""
    tips = _open(state_id).filter(none_of_them()).select_related("school", "owner")
    return tips.order_by("-is_life_safety", "received_at", "pk")


def held_at_door(state_id: int, at: datetime) -> QuerySet[Tip]:
    """Tips without proof of work that still wait for their turn."""
    return Tip.objects.filter(org=state_id, taken_in_at=None, release_at__gt=at).order_by("release_at")


def unread_notices(state_id: int, at: datetime) -> QuerySet[AgencyNotice]:
    """Notices whose bell has rung and that nobody at the school acknowledged."""
    waiting = AgencyNotice.objects.filter(state_org=state_id, acknowledged_at=None, withdrawn_at=None)
    recent = waiting.filter(due_at__lte=at, given_at__gte=at - timedelta(days=14))
    return recent.select_related("school", "agency").order_by("due_at")


def _open(state_id: int) -> QuerySet[Tip]:
    return Tip.objects.filter(org=state_id, state__in=NEEDS_WORK).exclude(taken_in_at=None)


def month_before(at: datetime) -> datetime:
    """The day from which a supervisor's numbers are told."""
    return timezone.localtime(at) - timedelta(days=30)
