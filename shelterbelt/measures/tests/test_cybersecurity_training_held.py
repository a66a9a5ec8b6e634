"""J-O3: training against cyber threats."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"training_held": True}, Answer.MET, "held"),
    ({"training_held": False}, Answer.NOT_MET, "not held"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_training_must_have_been_held(judge: Judge, answers: dict[str, object], expected: Answer, because: str) -> None:
    assert judge("J-O3", **answers) == expected, because
