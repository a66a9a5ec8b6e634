"""What hangs on a tip beside the desk's work, a service that hands tips in, and notices here and in the foreign district."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shelterbelt.access.standing import standing_of
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import inbound, keeping, noticing
from shelterbelt.tips.models import UnmaskRequest

if TYPE_CHECKING:
    from tests.attack.world import Things

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)


def fill(state: "Things", people: Mapping[str, Person]) -> None:
    """What is the state's."""
    tip, supervisor = state.by_kind["tip"], standing_of(people["tip_supervisor"], today=NOW.date())
    source, _secret = inbound.add_source(state=state.org, name="ours", channel="text", by=supervisor, at=NOW)
    state.by_kind |= {
        "hold": keeping.hold(tip=tip, reference="ours", by=supervisor, at=NOW),
        "unmask_request": UnmaskRequest.objects.create(
            tip=tip, org=state.org, basis="court_order", reference="ours", asked_by=supervisor.person, asked_at=NOW
        ),
        "source": source,
    }


def notice(school: "Things", agency: "Things", by: Person, word: str) -> None:
    """An agency's notice to a school it serves."""
    given = noticing.give_notice(
        agency=agency.org, school=school.org, child=word, grade="4", reference="",
        by=standing_of(by, today=NOW.date()), at=NOW,
    )  # fmt: skip
    school.by_kind["notice"] = agency.by_kind["notice"] = given
