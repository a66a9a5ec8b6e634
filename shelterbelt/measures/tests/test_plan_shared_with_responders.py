"""D-O4: received, not only sent."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    (
        {
            "plan_in_force": True,
            "law_enforcement": "acknowledged",
            "fire": "acknowledged",
            "emergency_medical": "not_shared",
            "emergency_management": "not_shared",
        },
        Answer.MET,
        "police and fire",
    ),
    (
        {
            "plan_in_force": True,
            "law_enforcement": "acknowledged",
            "fire": "shared",
            "emergency_medical": "not_shared",
            "emergency_management": "not_shared",
        },
        Answer.NOT_MET,
        "fire did not acknowledge",
    ),
    (
        {
            "plan_in_force": True,
            "law_enforcement": "shared",
            "fire": "acknowledged",
            "emergency_medical": "not_shared",
            "emergency_management": "not_shared",
        },
        Answer.NOT_MET,
        "police did not",
    ),
    (
        {
            "plan_in_force": True,
            "law_enforcement": "acknowledged",
            "fire": "not_shared",
            "emergency_medical": "acknowledged",
            "emergency_management": "not_shared",
        },
        Answer.MET,
        "police and EMS",
    ),
    (
        {
            "plan_in_force": False,
            "law_enforcement": "acknowledged",
            "fire": "acknowledged",
            "emergency_medical": "not_shared",
            "emergency_management": "not_shared",
        },
        Answer.NOT_MET,
        "no plan in force",
    ),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_police_and_another_responder_must_have_acknowledged(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("D-O4", **answers) == expected, because
