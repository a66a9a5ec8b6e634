"""J-O2: the cyber plan belongs to the emergency plan."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"cyber_plan_in_force": True, "linked_to_emergency_plan": True}, Answer.MET, "linked"),
    ({"cyber_plan_in_force": True, "linked_to_emergency_plan": False}, Answer.NOT_MET, "not linked"),
    ({"cyber_plan_in_force": False}, Answer.NOT_MET, "none"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_the_plan_must_be_in_force_and_linked(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("J-O2", **answers) == expected, because
