"""Bring what drills and incidents showed before those who write the plan."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from shelterbelt.plans.models import Plan, ReviewTask, Section

SOURCE = "drill"
DAYS = 30
"""By when the part is looked at again; ours."""


@transaction.atomic
def open_lesson(plan: Plan, *, keys: Sequence[str], what: str, source_id: str, at: datetime) -> ReviewTask:
    """Open a task at the first section there is of these keys; told twice of one drill, it is one task.

    Nobody's verb: it follows from a record that somebody was allowed to complete.
    """
    known = plan.tasks.filter(source_kind=SOURCE, source_id=source_id).first()
    if known is not None:
        return known
    by_key = {section.key: section for section in Section.objects.filter(plan=plan, key__in=keys)}
    return ReviewTask.objects.create(
        plan=plan, org_id=plan.org_id, kind=ReviewTask.Kind.LESSON, what=what[:300], source_kind=SOURCE,
        source_id=source_id, opened_at=at, due_on=timezone.localdate(at) + timedelta(days=DAYS),
        section=next((by_key[key] for key in keys if key in by_key), None),
    )  # fmt: skip
