"""F-O3: the annual conference."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"conference_held": True, "attended": 2}, Answer.MET, "two"),
    ({"conference_held": True, "attended": 0}, Answer.NOT_MET, "nobody"),
    ({"conference_held": False}, Answer.NOT_APPLICABLE, "no conference"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_somebody_must_have_attended_where_one_was_held(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("F-O3", **answers) == expected, because
