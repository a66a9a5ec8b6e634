"""B-O4: a team on paper is not a team."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge

CASES = [
    ({"team_covers": True, "roles_filled": True, "meetings": 1}, Answer.MET, "met once"),
    ({"team_covers": True, "roles_filled": True, "meetings": 0}, Answer.NOT_MET, "never met"),
    ({"team_covers": True, "roles_filled": False, "meetings": 4}, Answer.NOT_MET, "roles missing"),
    ({"team_covers": False, "roles_filled": True, "meetings": 4}, Answer.NOT_MET, "covers others"),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_a_team_must_cover_the_school_be_filled_and_have_met(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("B-O4", **answers) == expected, because
