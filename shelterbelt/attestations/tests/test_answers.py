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
    assert window == rules.Window(date(2024, 11, 24), TODAY)


def test_a_year_that_has_ended_looks_back_from_its_end(plan):
    window = rules.window(plan.output("D-O2"), SchoolYear(2025), on=TODAY)
    assert window == rules.Window(date(2024, 6, 30), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("output", "answers", "problem"),
    [
        ("E-O1", {"procurements": 3, "evaluated_before_award": 50}, {"evaluated_before_award": "more_than_whole"}),
        ("E-O1", {"procurements": 3, "evaluated_before_award": 3}, {}),
        ("G-O1", {"campuses": 1, "campuses_with_officer": 900}, {"campuses_with_officer": "more_than_whole"}),
        (
            "G-O2",
            {"has_officer": True, "campuses_with_officer": 0, "campuses_covered": 0, "all_elements": True},
            {"campuses_with_officer": "too_few"},
        ),
        ("F-O4", {"trainings_held": 2, "trainings_complete": 3}, {"trainings_complete": "more_than_whole"}),
        ("G-O4", {"serving": 2, "with_crisis_intervention": 3}, {"with_crisis_intervention": "more_than_whole"}),
        ("H-O1", {"joint": 5, "all_applications": 4}, {"all_applications": "too_few"}),
        ("H-O1", {"joint": 5}, {}),
    ],
)
def test_a_part_is_not_more_than_its_whole(plan, output, answers, problem):
    assert codes(plan.output(output), answers) == problem


def test_who_writes_too_much_is_told_which_answer_bounds_it(plan):
    from shelterbelt.attestations.words import sentence

    [problem] = rules.check(plan.output("G-O1"), {"campuses": 1, "campuses_with_officer": 9}, YEAR, on=TODAY).problems
    assert sentence(problem) == (
        "This can't be more than 1, your answer to “How many campuses does the district have?”."
    )


def test_a_choice_is_one_of_those_listed(plan):
    assert codes(plan.output("C-O1"), {"stage": "enlightened"}) == {"stage": "not_a_choice"}


@pytest.mark.parametrize("answer", ["yes", 1, "true"])
def test_yes_and_no_are_the_only_answers_to_a_yes_or_no_question(plan, answer):
    assert codes(plan.output("I-O2"), {"training_held": answer}) == {"training_held": "not_yes_no"}


def test_every_problem_has_its_sentence():
    from shelterbelt.attestations.words import PROBLEMS, sentence

    values = (("first", date(2026, 7, 1)), ("last", TODAY), ("most", 3), ("least", 1), ("whole", "How many?"))
    assert all(sentence(rules.Problem("key", code, values)) for code in PROBLEMS)


@pytest.mark.parametrize(
    ("output", "year", "code"),
    [("D-O1", 2026, ""), ("D-O1", 2027, "future_year"), ("D-O1", 2010, "before_plan")],
)
def test_a_year_can_be_reported_on_once_it_has_begun(plan, output, year, code):
    assert rules.year_in_question(plan.output(output), SchoolYear(year), on=TODAY) == code
