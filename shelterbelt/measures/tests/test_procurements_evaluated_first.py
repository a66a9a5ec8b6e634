"""E-O1: look before you buy."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"procurements": 2, "evaluated_before_award": 2}, Answer.MET, "both"),
    ({"procurements": 2, "evaluated_before_award": 1}, Answer.NOT_MET, "one of two"),
    ({"procurements": 0}, Answer.NOT_APPLICABLE, "nothing bought"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_every_procurement_must_be_evaluated_before_its_award(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("E-O1", **answers) == expected, because
