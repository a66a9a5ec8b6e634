"""Drills for tests of pages: one line each."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from shelterbelt.access.scope import acting_as_system
from shelterbelt.drills.models import Drill
from shelterbelt.home.tests.conftest import TODAY
from shelterbelt.orgs.models import Org


def hold(school: Org, *, on: date, complete: bool = True, **facts: Any) -> Drill:
    """A drill that a school held and, unless said otherwise, wrote up that day."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return Drill.objects.create(
            id=uuid4(),
            school=school,
            status="held",
            held_on=on,
            completed_on=on if complete else None,
            recorded_at=datetime.combine(on, time(12), ZoneInfo("America/Chicago")),
            **{"kind": "fire", "plan_part": "evacuation"} | facts,
        )


def plan(school: Org, *, on: date, **facts: Any) -> Drill:
    """A drill that a school planned."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return Drill.objects.create(
            id=uuid4(),
            school=school,
            status="scheduled",
            planned_on=on,
            recorded_at=datetime(2026, 9, 1, 12, tzinfo=ZoneInfo("America/Chicago")),
            **{"kind": "fire", "plan_part": "evacuation"} | facts,
        )
