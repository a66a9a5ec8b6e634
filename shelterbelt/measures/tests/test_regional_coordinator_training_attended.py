"""F-O2: regional training."""

import pytest

from shelterbelt.demo import factories
from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, Judge, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current

CASES = [
    ({"held_in_region": True, "attended": 1}, Answer.MET, "one"),
    ({"held_in_region": True, "attended": 0}, Answer.NOT_MET, "nobody"),
    ({"held_in_region": False}, Answer.NOT_APPLICABLE, "none held"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_somebody_must_have_attended_where_one_was_held(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("F-O2", **answers) == expected, because


def test_counted_in_schools_each_school_has_its_districts_answer(state: Org, district: Org, school: Org) -> None:
    factories.a_school("Second School", district=district)
    elsewhere = factories.a_school("Far School", district=factories.a_district("Ash Grove R-IV"))
    attest(district, "F-O2", held_in_region=True, attended=1)

    [line] = second_lines(Measured(state, TODAY), current().output("F-O2"), YEAR)

    assert line.figure is not None
    assert (line.figure.met, line.figure.concerned) == (2, 3)
    assert elsewhere.state_id == state.pk
