"""A state small enough to count by hand: ada at the state, rhea over the region, ben over one district, cora at a school."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as_system
from shelterbelt.access.standing import Standing
from shelterbelt.attestations.models import Attestation
from shelterbelt.core import clock
from shelterbelt.demo import factories
from shelterbelt.orgs.models import Org

TODAY = date(2026, 11, 24)
SignedIn = Callable[[str], Client]


@dataclass
class Small:
    """One region of one county with a district of two schools, and a district elsewhere with one."""

    state: Org
    region: Org
    county: Org
    cedar_fork: Org
    linden_creek: Org
    maple_hill: Org
    far_county: Org
    far_district: Org
    far_school: Org
    people: dict[str, Standing] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The day on which everything here is looked at."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return TODAY


@pytest.fixture
def small(db: None) -> Small:
    """The state with its people."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        county, far = factories.a_county(), factories.a_county("Adair County", fips="29001")
        cedar_fork = factories.a_district(county=county, code="010091")
        far_district = factories.a_district("Far Away R-I", county=far, code="001090")
        pieces = Small(
            state=factories.a_state(),
            region=factories.a_region(counties=(county,)),
            county=county,
            cedar_fork=cedar_fork,
            linden_creek=factories.a_school(district=cedar_fork, students=120),
            maple_hill=factories.a_school("Maple Hill High", district=cedar_fork, grades=("09", "12")),
            far_county=far,
            far_district=far_district,
            far_school=factories.a_school("Far Away School", district=far_district),
        )
        pieces.people = _people(pieces)
    return pieces


def _people(small: Small) -> dict[str, Standing]:
    offices = {
        "ada": ("state_office", small.state),
        "rhea": ("region_coordinator", small.region),
        "ben": ("district_coordinator", small.cedar_fork),
        "cora": ("principal", small.linden_creek),
    }
    return {
        name: factories.standing(factories.a_person(name.capitalize(), office=office, at=org), TODAY)
        for name, (office, org) in offices.items()
    }


@pytest.fixture
def signed_in(small: Small) -> SignedIn:
    """A browser in which somebody has signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(small.people[name].person)
        return client

    return browser


def report(
    org: Org, output: str, *, year: int = 2026, on: date = date(2026, 9, 1), level: int = 1, **answers: Any
) -> None:
    """What an organisation reported about an output."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Attestation.objects.create(
            id=uuid4(), org=org, output=output, year=year, answers=answers, level=level, made_on=on
        )
