"""F-O1: sessions of the catalog."""

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_cancelled_sessions_are_not_counted(state: Org) -> None:
    assert Measured(state, TODAY).number(current().output("F-O1"), YEAR) is None

    attest(state, "F-O1", started=84, cancelled=9)

    assert Measured(state, TODAY).number(current().output("F-O1"), YEAR) == 84
    assert Measured(state, TODAY).number(current().output("F-O1"), SchoolYear(2025)) is None
