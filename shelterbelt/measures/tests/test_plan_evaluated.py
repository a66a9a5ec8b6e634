"""D-O2: evaluated since 1 July."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"plan_in_force": True, "method": "eop_evaluate", "evaluated_on": "2026-07-01"}, Answer.MET, "first day"),
    (
        {"plan_in_force": True, "method": "eop_evaluate", "evaluated_on": "2026-06-30"},
        Answer.NOT_MET,
        "a day too early",
    ),
    ({"plan_in_force": True, "method": "own", "evaluated_on": "2026-09-01"}, Answer.NOT_MET, "an own method"),
    ({"plan_in_force": True, "method": "eop_evaluate", "evaluated_on": "2027-03-02"}, Answer.NOT_MET, "in the future"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_the_evaluation_must_be_of_this_year_and_by_a_recognised_method(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("D-O2", **answers) == expected, because
