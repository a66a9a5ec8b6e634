"""D-O1: a plan that is good, not only there."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    (
        {"plan_in_force": True, "adopted_in_year": True, "score": 80, "critical_item_failed": False},
        Answer.MET,
        "80 is the threshold",
    ),
    (
        {"plan_in_force": True, "adopted_in_year": True, "score": 79.5, "critical_item_failed": False},
        Answer.NOT_MET,
        "just below",
    ),
    (
        {"plan_in_force": True, "adopted_in_year": True, "score": None, "critical_item_failed": False},
        Answer.NOT_MET,
        "never evaluated",
    ),
    (
        {"plan_in_force": True, "adopted_in_year": True, "score": 80, "critical_item_failed": True},
        Answer.NOT_MET,
        "a critical item",
    ),
    (
        {"plan_in_force": True, "adopted_in_year": False, "score": 80, "critical_item_failed": False},
        Answer.NOT_MET,
        "last year's",
    ),
    (
        {"plan_in_force": False, "adopted_in_year": True, "score": 80, "critical_item_failed": False},
        Answer.NOT_MET,
        "no plan",
    ),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_a_plan_must_be_in_force_adopted_this_year_and_score_80(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("D-O1", **answers) == expected, because
