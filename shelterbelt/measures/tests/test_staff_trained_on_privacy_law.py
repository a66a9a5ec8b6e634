"""I-O2: what may be shared."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"training_held": True, "all_topics": True}, Answer.MET, "all"),
    ({"training_held": True, "all_topics": False}, Answer.NOT_MET, "a topic left out"),
    ({"training_held": False}, Answer.NOT_MET, "none"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_all_topics_must_have_been_taught(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("I-O2", **answers) == expected, because
