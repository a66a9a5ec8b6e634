"""H-O1: grant applications by state and schools together."""

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_only_joint_applications_are_the_headline(state: Org) -> None:
    assert Measured(state, TODAY).number(current().output("H-O1"), YEAR) is None

    attest(state, "H-O1", joint=3, all_applications=45)

    assert Measured(state, TODAY).number(current().output("H-O1"), YEAR) == 3
    assert Measured(state, TODAY).number(current().output("H-O1"), SchoolYear(2025)) is None
