"""J-O4: all four channels, and no claim that F-O2 and F-O3 don't know."""

from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, Judge, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current

ALL_FOUR = dict.fromkeys(("weekly_update", "conference", "regional_training", "alert_network"), "yes")


def test_all_four_count_once_attendance_is_on_record_too(judge: Judge, district: Org) -> None:
    assert judge("J-O4", **ALL_FOUR) == Answer.NOT_MET

    attest(district, "F-O2", held_in_region=True, attended=2)
    assert judge("J-O4", **ALL_FOUR) == Answer.NOT_MET

    attest(district, "F-O3", conference_held=True, attended=1)
    assert judge("J-O4", **ALL_FOUR) == Answer.MET


def test_three_of_four_do_not_meet_it_but_show_in_the_spread(judge: Judge, state: Org) -> None:
    assert judge("J-O4", **ALL_FOUR | {"alert_network": "no"}) == Answer.NOT_MET

    any_one, spread = second_lines(Measured(state, TODAY), current().output("J-O4"), YEAR)
    assert any_one.figure is not None
    assert any_one.figure.met == 1
    assert dict(spread.parts) == {"0": 0, "1": 0, "2": 0, "3": 1, "4": 0}


def test_a_channel_that_was_not_offered_takes_the_district_out(judge: Judge) -> None:
    assert judge("J-O4", **ALL_FOUR | {"conference": "not_offered"}) == Answer.NOT_APPLICABLE
