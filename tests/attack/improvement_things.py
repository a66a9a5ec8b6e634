"""What was found wanting at a school, and what is done about it."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from shelterbelt.improvements.models import CorrectiveAction, Finding
from shelterbelt.people.models import Person

if TYPE_CHECKING:
    from tests.attack.world import Things

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)


def fill(school: "Things", by: Person, word: str) -> None:
    """A finding with a corrective action that is done, so that it may be checked."""
    finding = Finding.objects.create(
        org=school.org, source_kind="noticed", what=word, place=word, likelihood=2, impact=3, found_on=TODAY,
        found_by=by, recorded_at=NOW,
    )  # fmt: skip
    school.by_kind["finding"] = finding
    school.by_kind["corrective"] = CorrectiveAction.objects.create(
        finding=finding, org=school.org, what=word, owner_name=word, due_on=TODAY, status="assigned", planned_by=by,
        planned_at=NOW,
    )  # fmt: skip
    school.by_kind["corrective_done"] = CorrectiveAction.objects.create(
        finding=finding, org=school.org, what=word, owner_name=word, due_on=TODAY, status="done", done_on=TODAY,
        outcome=word, planned_by=by, planned_at=NOW,
    )  # fmt: skip
