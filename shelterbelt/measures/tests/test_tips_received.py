"""A-O2: tips received."""

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_tips_count_without_tests_and_duplicates(state: Org) -> None:
    assert Measured(state, TODAY).number(current().output("A-O2"), YEAR) is None

    attest(state, "A-O2", received=1573, tests=12, spam=40, duplicates=31, agency_notices=290)

    assert Measured(state, TODAY).number(current().output("A-O2"), YEAR) == 1573
    assert Measured(state, TODAY).number(current().output("A-O2"), SchoolYear(2025)) is None
