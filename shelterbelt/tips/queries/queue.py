"""The desk's queue: which tips, in which order, with what is due and what is new about each."""

import hashlib

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Subquery

from shelterbelt.people.models import Person
from shelterbelt.tips.models import Attachment, Clock, Message, Referral, Tip
from shelterbelt.tips.rules import queue as rules, states


LATEST = 20
"""So many of the tips that changed last are looked at: one that was saved late still shows."""


def at_desks(desks: frozenset[int]) -> QuerySet[Tip]:
    """Tips that were taken in at these states' desks."""
    return Tip.objects.filter(org_id__in=desks).exclude(taken_in_at=None)


def with_signs(tips: QuerySet[Tip]) -> QuerySet[Tip]:
    """Each with when something is due next, and what the queue marks it with."""
    clocks = Clock.objects.filter(tip=OuterRef("pk"), ended_at=None).order_by()
    files = Attachment.objects.filter(tip=OuterRef("pk")).order_by().values("tip")
    said = Message.objects.filter(tip=OuterRef("pk"), way=Message.Way.TO_REPORTER).order_by().values("tip")
    return tips.select_related("school", "owner").annotate(
        due_at=Subquery(clocks.values("tip").annotate(first=Min("due_at")).values("first")),
        files=Subquery(files.annotate(number=Count("pk")).values("number")),
        answered_at=Subquery(said.annotate(last=Max("at")).values("last")),
        has_unreached=Exists(Referral.objects.filter(tip=OuterRef("pk"), state=Referral.State.UNREACHED)),
    )


def in_order(tips: QuerySet[Tip]) -> QuerySet[Tip]:
    """Life safety first, then by when something is due, then the oldest. Same in the queue and from tip to tip."""
    return tips.order_by("-is_life_safety", F("due_at").asc(nulls_last=True), "received_at", "pk")


def chosen(tips: QuerySet[Tip], by: rules.Filter, me: Person) -> QuerySet[Tip]:
    """Those that a filter lets through."""
    tips = _of_state(tips, by.state)
    if by.type:
        tips = tips.filter(event_types__contains=[by.type])
    if by.life_safety:
        tips = tips.filter(is_life_safety=by.life_safety == "yes")
    if by.channel:
        tips = tips.filter(channel=by.channel)
    if by.kind:
        tips = tips.filter(kind=by.kind)
    return _of_owner(tips, by.owner, me)


def _of_state(tips: QuerySet[Tip], state: str) -> QuerySet[Tip]:
    if state == rules.ALL:
        return tips
    return tips.filter(state__in=states.NEEDS_WORK) if state == rules.OPEN else tips.filter(state=state)


def _of_owner(tips: QuerySet[Tip], owner: str, me: Person) -> QuerySet[Tip]:
    if owner == rules.NOBODY:
        return tips.filter(owner=None)
    return tips.filter(owner=me) if owner == rules.ME else tips


def pulse(desks: frozenset[int]) -> str:
    """A word that changes whenever the queue does. Read from one index, whatever lies behind it."""
    latest = Tip.objects.filter(org_id__in=desks).order_by("-changed_at").values_list("pk", "changed_at")[:LATEST]
    said = "".join(f"{tip}{at.timestamp()}" for tip, at in latest)
    return hashlib.blake2s(said.encode(), digest_size=8).hexdigest()
