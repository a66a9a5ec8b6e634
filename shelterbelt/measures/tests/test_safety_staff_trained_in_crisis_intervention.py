"""G-O4: crisis intervention training."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"serving": 2, "with_crisis_intervention": 1}, Answer.MET, "one"),
    ({"serving": 2, "with_crisis_intervention": 0}, Answer.NOT_MET, "nobody"),
    ({"serving": 0}, Answer.NOT_APPLICABLE, "nobody serves it"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_one_who_serves_must_hold_cit(judge: Judge, answers: dict[str, object], expected: Answer, because: str) -> None:
    assert judge("G-O4", **answers) == expected, because
