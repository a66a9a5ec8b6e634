"""A-O3: referrals sent."""

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_the_classes_of_referrals_sum_to_the_total(state: Org) -> None:
    assert Measured(state, TODAY).number(current().output("A-O3"), YEAR) is None

    attest(state, "A-O3", schools=700, law_enforcement=1400, community_support=60)

    assert Measured(state, TODAY).number(current().output("A-O3"), YEAR) == 2160
    assert Measured(state, TODAY).number(current().output("A-O3"), SchoolYear(2025)) is None
