"""B-O2: somebody at school knows first aid for the mind."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"trained_staff": 1}, Answer.MET, "one is enough"),
    ({"trained_staff": 0}, Answer.NOT_MET, "nobody"),
    ({"trained_staff": 3, "level": 0}, Answer.NOT_REPORTED, "level 0 says nothing"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_a_school_needs_one_person_with_an_unexpired_training(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("B-O2", **answers) == expected, because
