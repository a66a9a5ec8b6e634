"""B-O3: somebody at school can assess behavioral risk."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"trained_staff": 2}, Answer.MET, "two"),
    ({"trained_staff": 0}, Answer.NOT_MET, "nobody"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_a_school_needs_one_person_trained_in_behavioral_risk(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("B-O3", **answers) == expected, because
