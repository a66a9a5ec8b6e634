"""I-O1: violations determined by the authority."""

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_both_laws_are_added(state: Org) -> None:
    assert Measured(state, TODAY).number(current().output("I-O1"), YEAR) is None

    attest(state, "I-O1", ferpa=2, hipaa=1)

    assert Measured(state, TODAY).number(current().output("I-O1"), YEAR) == 3
    assert Measured(state, TODAY).number(current().output("I-O1"), SchoolYear(2025)) is None
