"""A small state to be judged: ada at the state, one district, one school, one answer at a time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.attestations.models import Attestation, Designation
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo import factories
from shelterbelt.drills.models import Drill
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current

YEAR = SchoolYear(2026)
TODAY = date(2027, 3, 1)
Judge = Callable[..., Answer]


@pytest.fixture
def scope(db: None) -> Iterator[None]:
    """The state's own eyes, so that tests can lay out records."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        yield


@pytest.fixture
def state(scope: None) -> Org:
    """The state."""
    return factories.a_state()


@pytest.fixture
def district(state: Org) -> Org:
    """Cedar Fork R-II in Boone County."""
    return factories.a_district()


@pytest.fixture
def school(district: Org) -> Org:
    """Linden Creek Elementary in Cedar Fork R-II."""
    return factories.a_school(district=district)


def attest(org: Org, output: str, *, on: date = date(2026, 9, 1), **answers: Any) -> Attestation:
    """What an organisation reported."""
    level, about = answers.pop("level", 1), answers.pop("about", None)
    return Attestation.objects.create(
        org=org, output=output, year=YEAR.starts, answers=answers, level=level, made_on=on, about=about
    )


def hold(school: Org, *, on: date = date(2026, 10, 1), complete: bool = True, **facts: Any) -> Drill:
    """A drill the school held and, unless said otherwise, documented that day."""
    return Drill.objects.create(
        id=uuid4(),
        school=school,
        status="held",
        held_on=on,
        completed_on=on if complete else None,
        recorded_at=datetime.combine(on, time(12), ZoneInfo("America/Chicago")),
        **{"kind": "fire", "plan_part": "evacuation"} | facts,
    )


def designate(org: Org, duty: str, *, from_on: date = date(2026, 1, 1), until_on: date | None = None) -> Designation:
    """Somebody designated for a duty."""
    return Designation.objects.create(org=org, duty=duty, holder="Ada Park", from_on=from_on, until_on=until_on)


def answer_of(state: Org, output: str, unit: int, *, as_of: date | None = None) -> Answer:
    """A unit's answer in the year."""
    measured = Measured(state, TODAY, as_of=as_of)
    return measured.facts(current().output(output), YEAR).of(unit)[0]


@pytest.fixture
def judge(state: Org, district: Org, school: Org) -> Judge:
    """The answer of the unit that gives these answers to an output's questions."""

    def judged(output: str, **answers: Any) -> Answer:
        unit = {"school": school, "district": district, "state": state}[current().output(output).unit]
        Attestation.objects.filter(org=unit, output=output).update(replaced_on=date(2026, 9, 1))
        attest(unit, output, **answers)
        return answer_of(state, output, unit.pk)

    return judged
