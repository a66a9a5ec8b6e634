"""H-O2: projects paid by grants."""

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_active_projects_are_counted(state: Org) -> None:
    assert Measured(state, TODAY).number(current().output("H-O2"), YEAR) is None

    attest(state, "H-O2", active=120, newly_awarded=17)

    assert Measured(state, TODAY).number(current().output("H-O2"), YEAR) == 120
    assert Measured(state, TODAY).number(current().output("H-O2"), SchoolYear(2025)) is None
