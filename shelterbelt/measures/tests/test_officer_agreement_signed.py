"""G-O2: a signed agreement for officers."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    (
        {"has_officer": True, "campuses_with_officer": 2, "campuses_covered": 2, "all_elements": True},
        Answer.MET,
        "complete",
    ),
    (
        {"has_officer": True, "campuses_with_officer": 2, "campuses_covered": 1, "all_elements": True},
        Answer.NOT_MET,
        "one campus left out",
    ),
    (
        {"has_officer": True, "campuses_with_officer": 2, "campuses_covered": 2, "all_elements": False},
        Answer.NOT_MET,
        "elements missing",
    ),
    ({"has_officer": False}, Answer.NOT_APPLICABLE, "no officer"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_the_agreement_must_cover_every_campus_with_an_officer(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("G-O2", **answers) == expected, because
