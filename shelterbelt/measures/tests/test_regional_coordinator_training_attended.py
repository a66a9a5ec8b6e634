"""F-O2: regional training."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"held_in_region": True, "attended": 1}, Answer.MET, "one"),
    ({"held_in_region": True, "attended": 0}, Answer.NOT_MET, "nobody"),
    ({"held_in_region": False}, Answer.NOT_APPLICABLE, "none held"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_somebody_must_have_attended_where_one_was_held(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("F-O2", **answers) == expected, because
