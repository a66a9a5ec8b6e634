"""E-O2: a team walked the site."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"method": "cisa_ssat", "by_team": True, "assessed_on": "2026-08-15"}, Answer.MET, "by a team"),
    ({"method": "cisa_ssat", "by_team": False, "assessed_on": "2026-08-15"}, Answer.NOT_MET, "alone"),
    ({"method": "none", "by_team": True, "assessed_on": "2026-08-15"}, Answer.NOT_MET, "no method"),
    ({"method": "cisa_ssat", "by_team": True, "assessed_on": "2026-05-15"}, Answer.NOT_MET, "last year"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_a_team_must_have_assessed_it_this_year_by_a_recognised_method(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("E-O2", **answers) == expected, because
