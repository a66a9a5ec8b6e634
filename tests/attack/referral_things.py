"""A tip that went to the school, to the agency that serves it, and to an office that nobody here belongs to."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shelterbelt.access.standing import standing_of
from shelterbelt.people.models import Person
from shelterbelt.tips.actions.referring import Wanted, refer

if TYPE_CHECKING:
    from tests.attack.world import Things

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)


def fill(state: "Things", school: "Things", agency: "Things", people: Mapping[str, Person]) -> None:
    """What is Linden's and its agency's own; what nobody there may know lies at the state."""
    wanted = [
        Wanted(school.org),
        Wanted(agency.org, is_primary=False),
        Wanted(outside="An office elsewhere", addresses=(("email", "elsewhere@example.org"),)),
    ]
    analyst = standing_of(people["tip_analyst"], today=NOW.date())
    made = refer(state.by_kind["tip"], wanted=wanted, by=analyst, at=NOW)
    school.by_kind["referral"], agency.by_kind["referral"], state.by_kind["referral"] = made
