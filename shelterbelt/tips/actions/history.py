"""What was done with a tip, line by line."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shelterbelt.people.models import Person
from shelterbelt.tips.models import Done, Tip


def write(tip: Tip, verb: str, *, at: datetime, by: Person | None = None, by_whom: str = "desk", **told: Any) -> None:
    """Add a line. `told` holds codes, numbers and ids: never words, names or addresses."""
    Done.objects.create(tip=tip, org_id=tip.org_id, verb=verb, told=told, by=by, by_whom=by_whom, at=at)


def write_all(tips: Iterable[Tip], verb: str, *, by_whom: str, at: datetime) -> None:
    """The same line for many tips."""
    Done.objects.bulk_create(
        Done(tip=tip, org_id=tip.org_id, verb=verb, by_whom=by_whom, at=tip.received_at if verb == "file" else at)
        for tip in tips
    )
