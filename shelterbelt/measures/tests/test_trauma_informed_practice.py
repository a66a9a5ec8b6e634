"""C-O1: aware or beyond, shown this year."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"stage": "aware", "evidence_in_year": True}, Answer.MET, "aware"),
    ({"stage": "informed", "evidence_in_year": False}, Answer.NOT_MET, "no evidence"),
    ({"stage": "none", "evidence_in_year": True}, Answer.NOT_MET, "no stage"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_a_stage_counts_with_evidence_from_the_year(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("C-O1", **answers) == expected, because
