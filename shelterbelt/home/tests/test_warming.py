"""The first visitor doesn't wait for figures that were computed before."""

from datetime import date

import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo import factories
from shelterbelt.home import warming
from shelterbelt.measures import facts
from shelterbelt.measures.measured import Measured
from shelterbelt.strategy import current

TODAY = date(2026, 11, 2)


def test_what_was_warmed_is_not_read_again(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        state = factories.a_school().state
    assert state is not None
    warming.warm()
    monkeypatch.setattr(facts, "answers", None)

    assert Measured(state, TODAY).facts(current().output("D-O4"), SchoolYear(2024)).asked.year == SchoolYear(2024)


def test_an_empty_database_is_no_fault(db: None) -> None:
    warming.warm()
