"""G-O3: those who protect know the mind too."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"serving": 3, "with_any": 1}, Answer.MET, "one of three people"),
    ({"serving": 3, "with_any": 0}, Answer.NOT_MET, "nobody"),
    ({"serving": 0}, Answer.NOT_APPLICABLE, "nobody serves it"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_one_who_serves_must_hold_one_of_three(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("G-O3", **answers) == expected, because
