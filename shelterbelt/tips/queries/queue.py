"""The desk's queue: which tips, in which order, with what is due and what is new about each."""

import hashlib
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person
from shelterbelt.tips.models import Attachment, Clock, Message, Referral, Tip
from shelterbelt.tips.queries.places import schools_at
from shelterbelt.tips.rules import queue as rules, states

LATEST = 20
"""So many of the tips that changed last are looked at: one that was saved late still shows."""
MOST_IN_A_ROW = 5000
"""Next and previous lead along so many."""


def at_desks(desks: frozenset[int]) -> QuerySet[Tip]:
    """Tips that were taken in at these states' desks."""
    return Tip.objects.filter(org_id__in=desks).exclude(taken_in_at=None)


def with_due(tips: QuerySet[Tip]) -> QuerySet[Tip]:
    """Each with when something is due next: what the order asks."""
    clocks = Clock.objects.filter(tip=OuterRef("pk"), ended_at=None, paused_at=None).order_by()
    return tips.annotate(due_at=Subquery(clocks.values("tip").annotate(first=Min("due_at")).values("first")))


def with_signs(tips: QuerySet[Tip]) -> QuerySet[Tip]:
    """The same, with what the queue marks it with."""
    files = Attachment.objects.filter(tip=OuterRef("pk")).order_by().values("tip")
    said = Message.objects.filter(tip=OuterRef("pk"), way=Message.Way.TO_REPORTER).order_by().values("tip")
    return (
        with_due(tips)
        .select_related("school", "owner")
        .annotate(
            files=Coalesce(Subquery(files.annotate(number=Count("pk")).values("number")), 0),
            answered_at=Subquery(said.annotate(last=Max("at")).values("last")),
            has_unreached=Exists(Referral.objects.filter(tip=OuterRef("pk"), state=Referral.State.UNREACHED)),
        )
        .annotate(
            reporter_waits=Case(
                When(answered_at=None, reporter_wrote_at__isnull=False, then=True),
                When(reporter_wrote_at__gt=F("answered_at"), then=True),
                default=False,
            )
        )
    )


def in_order(tips: QuerySet[Tip]) -> QuerySet[Tip]:
    """Life safety first, then by when something is due, then the oldest. Same in the queue and from tip to tip."""
    return tips.order_by("-is_life_safety", F("due_at").asc(nulls_last=True), "received_at", "pk")


def chosen(tips: QuerySet[Tip], by: rules.Filter, *, me: Person, at: datetime) -> QuerySet[Tip]:
    """Those that a filter lets through."""
    exactly = {"channel": by.channel, "kind": by.kind}
    tips = _of_state(tips, by.state, by.kind).filter(**{name: value for name, value in exactly.items() if value})
    if by.type:
        tips = tips.filter(event_types__contains=[by.type])
    if by.life_safety:
        tips = tips.filter(is_life_safety=by.life_safety == "yes")
    return _of_owner(_at_place(_due(tips, by.due, at), by.place, timezone.localdate(at)), by.owner, me)


def said_to_be_none() -> Q:
    """What the desk said is no tip and told nobody else: it waits for a supervisor to close it."""
    return Q(kind__in=Tip.NO_TIP, state__in=states.BEFORE_SENT)


def _of_state(tips: QuerySet[Tip], state: str, kind: str) -> QuerySet[Tip]:
    if state == rules.ALL:
        return tips
    if state != rules.OPEN:
        return tips.filter(state=state)
    tips = tips.filter(state__in=states.NEEDS_WORK)
    return tips if kind else tips.exclude(said_to_be_none())


def _at_place(tips: QuerySet[Tip], place: str, on: date) -> QuerySet[Tip]:
    if place == rules.NO_SCHOOL:
        return tips.filter(school=None)
    return tips.filter(school__in=schools_at(Org.objects.get(pk=int(place)), on)) if place else tips


def _due(tips: QuerySet[Tip], due: str, at: datetime) -> QuerySet[Tip]:
    running = Clock.objects.filter(tip=OuterRef("pk"), ended_at=None)
    if due == rules.LATE:
        return tips.filter(Exists(running.filter(due_at__lte=at)))
    return tips.filter(Exists(running.filter(kind="outcome"))) if due == rules.OUTCOME else tips


def _of_owner(tips: QuerySet[Tip], owner: str, me: Person) -> QuerySet[Tip]:
    if owner == rules.NOBODY:
        return tips.filter(owner=None)
    return tips.filter(owner=me) if owner == rules.ME else tips


def pulse() -> str:
    """A word that changes whenever the queue does. Read from the end of one index, whatever lies behind it.

    Row security alone says whose tips: a condition on the desk might have them all sorted.
    """
    latest = Tip.objects.order_by("-changed_at").values_list("pk", "changed_at")[:LATEST]
    said = "".join(f"{tip}{at.timestamp()}" for tip, at in latest)
    return hashlib.blake2s(said.encode(), digest_size=8).hexdigest()
