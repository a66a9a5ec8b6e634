"""C-O2: a program with the five components of C-L2."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    (
        {
            "program": "pbis",
            "positive_interactions": True,
            "feeling_safe": True,
            "consistent_expectations": True,
            "family_and_community": True,
            "learning_expectations": True,
        },
        Answer.MET,
        "all five",
    ),
    (
        {
            "program": "comparable",
            "positive_interactions": True,
            "feeling_safe": True,
            "consistent_expectations": True,
            "family_and_community": True,
            "learning_expectations": True,
        },
        Answer.MET,
        "a comparable one",
    ),
    (
        {
            "program": "none",
            "positive_interactions": True,
            "feeling_safe": True,
            "consistent_expectations": True,
            "family_and_community": True,
            "learning_expectations": True,
        },
        Answer.NOT_MET,
        "no program",
    ),
    (
        {
            "program": "pbis",
            "positive_interactions": True,
            "feeling_safe": True,
            "consistent_expectations": True,
            "family_and_community": False,
            "learning_expectations": True,
        },
        Answer.NOT_MET,
        "four of five",
    ),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_a_program_needs_all_five_components(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("C-O2", **answers) == expected, because
