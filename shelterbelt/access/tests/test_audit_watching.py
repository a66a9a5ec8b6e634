"""Operators see for how long the trail has waited to be sealed."""

import time
from datetime import date

from shelterbelt.access.audit import sealing, watching
from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import metrics_page
from shelterbelt.demo import factories

TODAY = date(2026, 11, 24)


def lag() -> float:
    return {name: value for name, _, value in watching.figures()}["audit_seal_lag_seconds"]


def appoint(name: str) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        factories.a_person(name, office="principal", at=factories.a_school(f"School of {name}"))


def sealed_within_seconds() -> bool:
    """A transaction elsewhere on the server may hold up the last entries for a moment."""
    for _ in range(100):
        sealing.seal()
        if lag() == 0:
            return True
        time.sleep(0.05)
    return False


def test_it_grows_until_the_trail_is_sealed(transactional_db: None) -> None:
    appoint("Cora")
    first = lag()
    assert 0 < first < lag() < 60
    assert sealed_within_seconds()
    appoint("Ben")
    assert 0 < lag() < 60


def test_the_page_of_figures_asks_for_it() -> None:
    assert watching.figures in metrics_page.ASKED
