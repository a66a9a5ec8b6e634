"""F-O5: two or more drills of any kind, held and documented."""

from datetime import date

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import answer_of, hold
from shelterbelt.orgs.models import Org


def test_no_record_is_not_a_no(state: Org, school: Org) -> None:
    assert answer_of(state, "F-O5", school.pk) == Answer.NOT_REPORTED


def test_the_second_documented_drill_meets_it(state: Org, school: Org) -> None:
    hold(school)
    assert answer_of(state, "F-O5", school.pk) == Answer.NOT_MET

    hold(school, on=date(2026, 10, 20), plan_part="")
    assert answer_of(state, "F-O5", school.pk) == Answer.MET


def test_an_unfinished_record_is_not_documented(state: Org, school: Org) -> None:
    hold(school)
    hold(school, complete=False)

    assert answer_of(state, "F-O5", school.pk) == Answer.NOT_MET


def test_real_incidents_are_no_drills(state: Org, school: Org) -> None:
    hold(school)
    hold(school, nature="incident", incident_class="firearm")

    assert answer_of(state, "F-O5", school.pk) == Answer.NOT_MET


def test_last_years_drills_do_not_count(state: Org, school: Org) -> None:
    hold(school, on=date(2026, 6, 30))
    hold(school, on=date(2026, 7, 1))

    assert answer_of(state, "F-O5", school.pk) == Answer.NOT_MET


def test_a_past_day_knows_only_what_was_held_by_then(state: Org, school: Org) -> None:
    hold(school, on=date(2026, 9, 1))
    hold(school, on=date(2026, 11, 1))

    assert answer_of(state, "F-O5", school.pk, as_of=date(2026, 10, 31)) == Answer.NOT_MET
    assert answer_of(state, "F-O5", school.pk, as_of=date(2026, 11, 1)) == Answer.MET
