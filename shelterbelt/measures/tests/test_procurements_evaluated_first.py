"""E-O1: look before you buy."""

from datetime import date
from typing import Any

import pytest

from shelterbelt.assessments.models import Procurement, ProcurementClause
from shelterbelt.assessments.queries.procurement import as_judged
from shelterbelt.assessments.rules.procurement_judging import is_evaluated_first
from shelterbelt.demo import factories
from shelterbelt.measures.definitions.procurements_evaluated_first import evidence
from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, Judge, answer_of, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current

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


def buy(district: Org, *, on: date = date(2026, 10, 20), clause: bool = False, **more: Any) -> Procurement:
    """An award on record: method on September 1, evaluation on October 1, award on October 20, unless said otherwise."""
    told: dict[str, Any] = {
        "title": "Cameras", "category": "cameras", "need": "Dark.", "status": "awarded", "method": "template",
        "method_version": 1, "method_recognized": True, "method_chosen_on": date(2026, 9, 1), "vendor": "Acme",
        "evaluated_on": date(2026, 10, 1), "evaluation_recorded_on": date(2026, 10, 1), "awarded_on": on,
        "decision_recorded_on": on, "considered_on": date(2026, 8, 15),
    }  # fmt: skip
    made = Procurement.objects.create(org=district, **(told | more))
    if clause:
        ProcurementClause.objects.create(procurement=made, org=district, kind="performance", name="Works", text="98 %")
    return made


HAND_JUDGED = [
    ({}, Answer.MET, "method, evaluation, award in this order"),
    ({"status": "bought", "bought_on": date(2026, 12, 1)}, Answer.MET, "delivered since"),
    ({"on": date(2026, 10, 1)}, Answer.NOT_MET, "evaluated and awarded the same day"),
    ({"on": date(2026, 10, 2)}, Answer.MET, "awarded the day after"),
    ({"on": date(2026, 9, 30)}, Answer.NOT_MET, "awarded before the evaluation"),
    ({"evaluated_on": None, "evaluation_recorded_on": None}, Answer.NOT_MET, "never evaluated"),
    ({"method": "price_only", "method_recognized": False}, Answer.NOT_MET, "no recognized method"),
    (
        {"method": "", "method_version": None, "method_recognized": False, "method_chosen_on": None},
        Answer.NOT_MET, "no method at all",
    ),
    ({"method_chosen_on": date(2026, 10, 2)}, Answer.NOT_MET, "the method chosen after the evaluation"),
    ({"on": date(2026, 6, 30)}, Answer.NOT_REPORTED, "awarded on the last day of the year before"),
    ({"on": date(2026, 7, 1), "evaluated_on": date(2026, 6, 30), "method_chosen_on": date(2026, 6, 1)}, Answer.MET,
     "awarded on the year's first day, evaluated the day before"),
    ({"on": date(2027, 3, 2)}, Answer.NOT_REPORTED, "awarded tomorrow"),
    ({"decision_recorded_on": date(2027, 3, 2)}, Answer.NOT_REPORTED, "awarded, but not known yet"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected", "because"), HAND_JUDGED)
def test_a_district_with_an_award_on_record_is_judged_by_it(
    state: Org, district: Org, told: dict[str, Any], expected: Answer, because: str
) -> None:
    made = buy(district, **told)
    assert answer_of(state, "E-O1", district.pk) == expected, because
    if expected in {Answer.MET, Answer.NOT_MET}:
        judged = as_judged(made)
        assert judged is not None
        assert is_evaluated_first(judged) == (expected == Answer.MET), "the rule says the same as the database"


def test_one_purchase_that_nobody_evaluated_is_enough_to_miss_it(state: Org, district: Org) -> None:
    buy(district)
    buy(district, on=date(2026, 11, 20))
    assert answer_of(state, "E-O1", district.pk) == Answer.MET
    buy(district, title="Radios", evaluated_on=None, evaluation_recorded_on=None)
    assert answer_of(state, "E-O1", district.pk) == Answer.NOT_MET


def test_what_is_considered_or_was_not_bought_is_no_procurement_of_the_year(state: Org, district: Org) -> None:
    open_still = {"status": "evaluated", "on": None, "decision_recorded_on": None}
    buy(district, **open_still)
    buy(district, **open_still | {"status": "not_bought", "declined_on": date(2026, 10, 9)})
    assert answer_of(state, "E-O1", district.pk) == Answer.NOT_REPORTED
    attest(district, "E-O1", procurements=0)
    assert answer_of(state, "E-O1", district.pk) == Answer.NOT_APPLICABLE


@pytest.mark.parametrize(
    "said", [{"procurements": 0}, {"procurements": 1, "evaluated_before_award": 1}], ids=["nothing", "all evaluated"]
)
def test_a_record_outweighs_what_was_attested(state: Org, district: Org, said: dict[str, int]) -> None:
    attest(district, "E-O1", **said)
    buy(district, on=date(2026, 9, 30))
    assert answer_of(state, "E-O1", district.pk) == Answer.NOT_MET


def test_a_past_day_knows_only_the_awards_up_to_then(state: Org, district: Org) -> None:
    buy(district)
    buy(district, on=date(2026, 12, 1), evaluated_on=None, evaluation_recorded_on=None)
    assert answer_of(state, "E-O1", district.pk, as_of=date(2026, 11, 30)) == Answer.MET
    assert answer_of(state, "E-O1", district.pk, as_of=date(2026, 12, 1)) == Answer.NOT_MET


def test_the_line_wants_a_performance_clause_in_every_contract(state: Org, district: Org) -> None:
    far = factories.a_district("Far Away R-I")
    buy(district, clause=True)
    buy(far, clause=True)
    buy(far, on=date(2026, 11, 20))
    [line] = second_lines(Measured(state, TODAY), current().output("E-O1"), YEAR)
    assert line.figure is not None
    assert (line.figure.met, line.figure.not_met) == (1, 1)


def test_written_down_before_the_award_is_a_record_and_afterwards_the_districts_word(state: Org, district: Org) -> None:
    buy(district)
    facts = Measured(state, TODAY).facts(current().output("E-O1"), YEAR)
    assert facts.of(district.pk) == (Answer.MET, 2)
    buy(district, evaluation_recorded_on=date(2026, 12, 1))
    facts = Measured(state, TODAY).facts(current().output("E-O1"), YEAR)
    assert facts.of(district.pk) == (Answer.MET, 1)


def test_the_page_that_says_why_names_each_award(state: Org, district: Org) -> None:
    buy(district, clause=True)
    buy(district, title="Radios", on=date(2026, 11, 1), evaluated_on=None, evaluation_recorded_on=None)
    asked = Measured(state, TODAY).asked(current().output("E-O1"), YEAR)
    assert [(row.what, row.counts, row.facts[0][1]) for row in evidence(asked, district.pk)] == [
        ("Cameras", True, "yes"),
        ("Radios", False, "no"),
    ]
