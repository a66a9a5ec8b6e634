"""A-O3: referrals sent."""

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.definitions import tip_referrals_sent
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.reading import read_amounts
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.measures.tests.test_tips_received import counted
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_the_classes_of_referrals_sum_to_the_total(state: Org) -> None:
    assert Measured(state, TODAY).number(current().output("A-O3"), YEAR) is None

    attest(state, "A-O3", schools=700, law_enforcement=1400, community_support=60)

    assert Measured(state, TODAY).number(current().output("A-O3"), YEAR) == 2160
    assert Measured(state, TODAY).number(current().output("A-O3"), SchoolYear(2025)) is None


def test_the_desks_referrals_are_counted_by_whom_they_went_to(state: Org) -> None:
    attest(state, "A-O3", schools=700, law_enforcement=1400, community_support=60)
    measured, output = Measured(state, TODAY), current().output("A-O3")
    counted(state)
    for to in ("school", "school", "law_enforcement", "community_support", "out_of_state"):
        counted(state, step="referred", recipient_class=to)
    counted(state, step="acknowledged", recipient_class="school")
    assert Measured(state, TODAY).number(output, YEAR) == 4
    line = tip_referrals_sent.line_by_recipient(measured.asked(output, YEAR))
    assert [read_amounts(rows)[1].sum() for rows in line.amounts.values()] == [2, 1, 1]
    assert read_amounts(tip_referrals_sent.line_acknowledged(measured.asked(output, YEAR)).amounts)[1].sum() == 1
