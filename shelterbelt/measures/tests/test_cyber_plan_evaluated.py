"""J-O5: the cyber plan in force was evaluated this year; never more districts than J-O2."""

import pytest

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import Judge, attest
from shelterbelt.orgs.models import Org

EVALUATED: dict[str, object] = {"cyber_plan_in_force": True, "method": "nist_csf", "evaluated_on": "2026-09-15"}


def test_an_evaluated_plan_counts_when_it_is_linked_to_the_emergency_plan(judge: Judge, district: Org) -> None:
    assert judge("J-O5", **EVALUATED) == Answer.NOT_MET

    attest(district, "J-O2", cyber_plan_in_force=True, linked_to_emergency_plan=True)
    assert judge("J-O5", **EVALUATED) == Answer.MET


@pytest.mark.parametrize("answer", [{"method": "own"}, {"evaluated_on": "2026-06-30"}, {"cyber_plan_in_force": False}])
def test_it_must_be_in_force_and_evaluated_this_year_by_a_recognised_method(
    judge: Judge, district: Org, answer: dict[str, object]
) -> None:
    attest(district, "J-O2", cyber_plan_in_force=True, linked_to_emergency_plan=True)

    assert judge("J-O5", **EVALUATED | answer) == Answer.NOT_MET
