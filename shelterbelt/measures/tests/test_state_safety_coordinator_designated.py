"""A-O1: the state has a school safety coordinator."""

from datetime import date

from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, answer_of, designate
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_no_designation_on_record_is_a_no(state: Org) -> None:
    assert answer_of(state, "A-O1", state.pk) == Answer.NOT_MET


def test_a_designation_counts_from_its_first_day_until_it_ends(state: Org) -> None:
    designate(state, "state_safety_coordinator", from_on=date(2026, 8, 1), until_on=date(2026, 12, 1))

    answers = [
        answer_of(state, "A-O1", state.pk, as_of=day)
        for day in (date(2026, 7, 31), date(2026, 8, 1), date(2026, 11, 30), date(2026, 12, 1))
    ]

    assert answers == [Answer.NOT_MET, Answer.MET, Answer.MET, Answer.NOT_MET]


def test_another_duty_does_not_count(state: Org) -> None:
    designate(state, "advisory_council")

    assert Measured(state, TODAY).figure(current().output("A-O1"), YEAR).met == 0
