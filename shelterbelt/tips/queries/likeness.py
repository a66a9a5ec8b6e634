"""Tips that may belong to one another. Their words are compared in memory, of so many at most."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from shelterbelt.tips.models import Link, Tip
from shelterbelt.tips.rules.likeness import Alike, Facts, alike, words_in
from shelterbelt.tips.sealing import opening
from shelterbelt.tips.sealing.months import MonthGone

AROUND = timedelta(days=14)
MOST = 150
_NO_TIPS = (Tip.Kind.TEST, Tip.Kind.SPAM)


@dataclass(frozen=True)
class Suggestion:
    """A tip that may belong to the one that is open."""

    tip: Tip
    alike: Alike[uuid.UUID]


def related(tip: Tip) -> list[Suggestion]:
    """Tips of the same fortnight that are much like this one and aren't linked to it yet."""
    known = Link.objects.filter(Q(tip=tip) | Q(to=tip), undone_at=None).values_list("tip", "to")
    near = Tip.objects.filter(org=tip.org_id, received_at__range=(tip.received_at - AROUND, tip.received_at + AROUND))
    near = (
        near.exclude(taken_in_at=None)
        .exclude(kind__in=_NO_TIPS)
        .exclude(pk__in={tip.pk, *(i for two in known for i in two)})
    )
    likely = near.filter(Q(school=tip.school_id) | Q(school=None) | Q(event_types__overlap=tip.event_types))
    others = {each.pk: each for each in likely.select_related("school").order_by("-received_at")[:MOST]}
    found = alike(_facts(tip), [_facts(each) for each in others.values()])
    return [Suggestion(others[each.number], each) for each in found]


def _facts(tip: Tip) -> Facts[uuid.UUID]:
    said = words_in(*_said(tip))
    return Facts(tip.pk, tip.school_id, tip.received_at, frozenset(tip.event_types), said)


def _said(tip: Tip) -> list[str]:
    try:
        return list(opening.body_of(tip).values())
    except MonthGone:
        return []  # what can't be read is like nothing
