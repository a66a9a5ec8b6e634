"""F-O4: training and drill records complete by the standard form, one or more of each."""

from datetime import date

from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, answer_of, attest, hold
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_drills_alone_do_not_meet_it(state: Org, school: Org) -> None:
    hold(school)
    assert answer_of(state, "F-O4", school.pk) == Answer.NOT_MET

    attest(school, "F-O4", trainings_held=2, trainings_complete=2)
    assert answer_of(state, "F-O4", school.pk) == Answer.MET


def test_trainings_alone_do_not_meet_it(state: Org, school: Org) -> None:
    attest(school, "F-O4", trainings_held=2, trainings_complete=2)

    assert answer_of(state, "F-O4", school.pk) == Answer.NOT_MET


def test_one_incomplete_record_is_enough_to_miss_it(state: Org, school: Org) -> None:
    attest(school, "F-O4", trainings_held=1, trainings_complete=1)
    hold(school)
    hold(school, on=date(2026, 11, 1), complete=False)

    assert answer_of(state, "F-O4", school.pk) == Answer.NOT_MET
    [line] = second_lines(Measured(state, TODAY), current().output("F-O4"), YEAR)
    assert line.number == 50
