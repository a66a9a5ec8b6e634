"""D-O3: staff know what changed."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    (
        {"plan_in_force": True, "updated_in_year": True, "session_held": True, "after_update": True, "staff_share": 90},
        Answer.MET,
        "90 is the threshold",
    ),
    (
        {"plan_in_force": True, "updated_in_year": True, "session_held": True, "after_update": True, "staff_share": 89},
        Answer.NOT_MET,
        "89",
    ),
    (
        {
            "plan_in_force": True,
            "updated_in_year": True,
            "session_held": True,
            "after_update": False,
            "staff_share": 90,
        },
        Answer.NOT_MET,
        "before the update",
    ),
    (
        {
            "plan_in_force": True,
            "updated_in_year": False,
            "session_held": True,
            "after_update": True,
            "staff_share": 90,
        },
        Answer.NOT_MET,
        "no update is a no",
    ),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_the_session_must_follow_the_update_and_reach_90_percent(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("D-O3", **answers) == expected, because
