"""Whether answers fit the questions, as a table."""

from datetime import date

import pytest

from shelterbelt.attestations import rules
from shelterbelt.core.school_year import SchoolYear

YEAR = SchoolYear(2026)
TODAY = date(2026, 11, 24)


def codes(output, answers, **more):
    return {problem.key: problem.code for problem in rules.check(output, answers, YEAR, on=TODAY, **more).problems}


def test_good_answers_are_kept_as_they_are(plan):
    checked = rules.check(
        plan.output("B-O4"), {"team_covers": True, "roles_filled": True, "meetings": 3}, YEAR, on=TODAY
    )
    assert checked.answers == {"team_covers": True, "roles_filled": True, "meetings": 3}
    assert checked.problems == ()


def test_a_required_question_needs_an_answer(plan):
    assert codes(plan.output("B-O4"), {"team_covers": True}) == {"roles_filled": "missing", "meetings": "missing"}


def test_a_question_that_is_not_put_needs_none_and_keeps_none(plan):
    checked = rules.check(plan.output("B-O4"), {"team_covers": False, "meetings": 3}, YEAR, on=TODAY)
    assert checked.answers == {"team_covers": False}
    assert checked.problems == ()


def test_an_unknown_question_is_refused(plan):
    assert codes(plan.output("B-O2"), {"trained_staff": 1, "principal": "x"}) == {"principal": "unknown"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [(-1, "below_zero"), (True, "not_whole"), ("3", "not_whole"), (1.5, "not_whole"), (10**13, "too_large")],
)
def test_a_number_is_a_whole_number_from_zero(plan, answer, code):
    assert codes(plan.output("B-O2"), {"trained_staff": answer}) == {"trained_staff": code}


@pytest.mark.parametrize("answer", [-0.1, 100.5, float("nan"), float("inf")])
def test_a_share_is_between_zero_and_a_hundred(plan, answer):
    answers = {"plan_in_force": True, "adopted_in_year": True, "score": answer}
    assert codes(plan.output("D-O1"), answers) == {"score": "not_share"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("2026-07-01", None),
        ("2026-11-24", None),
        ("2026-06-30", "outside_year"),
        ("2026-11-25", "outside_year"),
        ("24.11.2026", "not_date"),
        (20261124, "not_date"),
    ],
)
def test_a_date_lies_in_the_school_year_and_not_ahead(plan, answer, code):
    answers = {"method": "cisa_ssat", "by_team": True, "assessed_on": answer}
    assert codes(plan.output("E-O2"), answers).get("assessed_on") == code


def test_where_a_second_line_looks_back_two_years_so_may_the_answer(plan):
    window = rules.window(plan.output("D-O2"), YEAR, on=TODAY)
    assert window == rules.Window(date(2025, 7, 1), TODAY)


def test_a_choice_is_one_of_those_listed(plan):
    assert codes(plan.output("C-O1"), {"stage": "enlightened"}) == {"stage": "not_a_choice"}


@pytest.mark.parametrize("answer", ["yes", 1, "true"])
def test_yes_and_no_are_the_only_answers_to_a_yes_or_no_question(plan, answer):
    assert codes(plan.output("I-O2"), {"training_held": answer}) == {"training_held": "not_yes_no"}


def test_every_problem_has_its_sentence():
    from shelterbelt.attestations.words import PROBLEMS, sentence

    days = (("first", date(2026, 7, 1)), ("last", TODAY))
    assert all(sentence(rules.Problem("key", code, days)) for code in PROBLEMS)


@pytest.mark.parametrize(
    ("output", "year", "code"),
    [("D-O1", 2026, ""), ("D-O1", 2027, "future_year"), ("D-O1", 2010, "before_plan")],
)
def test_a_year_can_be_reported_on_once_it_has_begun(plan, output, year, code):
    assert rules.year_in_question(plan.output(output), SchoolYear(year), on=TODAY) == code


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2027, 6, 30), 24, date(2025, 7, 1)),
        (date(2028, 2, 29), 12, date(2027, 3, 2)),
        (date(2027, 1, 31), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_counted_back(day, months, first):
    assert rules.months_before(day, months) == first
