"""G-O1: an SRO or SPO on every campus."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"campuses": 3, "campuses_with_officer": 3}, Answer.MET, "all"),
    ({"campuses": 3, "campuses_with_officer": 2}, Answer.NOT_MET, "one without"),
    ({"campuses": 0, "campuses_with_officer": 0}, Answer.NOT_MET, "no campus counts for nothing"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_every_campus_needs_an_officer(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("G-O1", **answers) == expected, because
