"""Outcomes that are owed for longer than they may be."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from shelterbelt.tips.models import Clock


def overdue(states: Iterable[int], at: datetime) -> "QuerySet[Clock]":
    """Clocks of outcomes that are due, the longest overdue first, each with its referral and tip."""
    due = Clock.objects.filter(org__in=list(states), kind="outcome", ended_at=None, due_at__lte=at)
    return due.select_related("referral__org", "tip__school").order_by("started_at", "pk")
