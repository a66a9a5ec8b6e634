"""Linden Creek school and its people, as the drills' tests know them, and what was found there."""

from datetime import date
from decimal import Decimal

import pytest

from shelterbelt.drills.tests.conftest import NOW, TODAY, acting, browser, today, town
from shelterbelt.improvements import actions
from shelterbelt.improvements.models import Finding

__all__ = ["NOW", "TODAY", "a_finding", "a_step", "acting", "browser", "finding", "step", "today", "town"]


def a_finding(org, by, **more):
    """A door that doesn't close."""
    given = {
        "source_kind": Finding.Source.NOTICED,
        "what": "The door of the gym doesn't latch",
        "place": "Gym, north side",
        "likelihood": 3,
        "impact": 3,
        "found_on": date(2026, 9, 20),
    }
    return actions.record_finding(org=org, by=by, at=NOW, **(given | more))


def a_step(finding, by, **more):
    """Its new latch."""
    given = {"what": "Fit a new latch", "due_on": date(2026, 11, 20), "owner_name": "Facilities", "cost": Decimal(240)}
    return actions.plan_action(finding, by=by, at=NOW, **(given | more))


@pytest.fixture
def finding(town, acting):
    with acting("cora") as cora:
        return a_finding(town.linden, cora)


@pytest.fixture
def step(finding, acting):
    with acting("cora") as cora:
        return a_step(finding, cora)
