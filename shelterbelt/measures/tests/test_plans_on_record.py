"""D-O1, D-O2 and D-O3 from records: the plan, its evaluations and the sessions on it, judged by hand."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from shelterbelt.demo import factories
from shelterbelt.measures.finding import definition_of
from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, answer_of, attest
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person
from shelterbelt.plans.models import Briefing, Evaluation, Plan, ReviewTask, Version
from shelterbelt.strategy import current

GOOD = {"plan_in_force": True, "adopted_in_year": True, "score": 95, "critical_item_failed": False}


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("America/Chicago"))


@pytest.fixture
def ada(scope: None) -> Person:
    return factories.a_person("Ada")


def a_version(
    school: Org, *, adopted_on: date = date(2026, 8, 10), number: int = 1, state: str = "in_force", **more: Any
) -> Version:
    """A version in force, unless said otherwise."""
    plan, _ = Plan.objects.get_or_create(org=school, defaults={"begun_at": noon(date(2025, 1, 1))})
    made: Version = Version.objects.create(
        plan=plan, org=school, number=number, state=state, begun_on=date(2025, 1, 1), content=[], sha256="a" * 64,
        frozen_at=noon(date(2025, 6, 1)), adopted_on=adopted_on, from_on=more.pop("from_on", adopted_on), **more,
    )  # fmt: skip
    return made


def evaluate(version: Version, by: Person, *, on: date = date(2026, 9, 1), **more: Any) -> Evaluation:
    """A submitted evaluation: 80 %, nothing critical failed, unless said otherwise."""
    given = {"score": Decimal(80), "passes": True, "is_recognized": True, "evaluator": "self"} | more
    return Evaluation.objects.create(
        plan=version.plan, org=version.org, version=version, method="nine_areas", method_version=1,
        evaluator_name="Ada", begun_at=noon(on), begun_by=by, state="submitted", submitted_at=noon(on),
        evaluated_on=on, **given,
    )  # fmt: skip


def brief(version: Version, by: Person, *, on: date = date(2026, 8, 20), attended: int = 27, staff: int = 30) -> None:
    """27 of 30 are just 90 %."""
    Briefing.objects.create(
        plan=version.plan, org=version.org, version=version, held_on=on, topics="What is new", led_by="Ada",
        attended=attended, staff=staff, recorded_by=by, recorded_at=noon(on),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("version", "evaluation", "expected", "because"),
    [
        ({}, {}, Answer.MET, "adopted in August, 80 is the threshold"),
        ({}, {"score": Decimal("79.99")}, Answer.NOT_MET, "just below"),
        ({}, {"passes": False}, Answer.NOT_MET, "a critical point failed"),
        ({}, {"passes": None}, Answer.NOT_MET, "nobody said whether one failed"),
        ({}, {"score": None}, Answer.NOT_MET, "no score"),
        ({"adopted_on": date(2026, 6, 30)}, {}, Answer.NOT_MET, "adopted last year"),
        ({"adopted_on": date(2026, 7, 1)}, {}, Answer.MET, "on the first day of the year"),
        ({}, {"is_recognized": False}, Answer.MET, "by any method"),
    ],
)
def test_high_quality_is_judged_by_the_plan_and_its_evaluation(
    state: Org, school: Org, ada: Person, version: dict[str, Any], evaluation: dict[str, Any], expected: Answer,
    because: str,
) -> None:  # fmt: skip
    evaluate(a_version(school, **version), ada, **evaluation)
    assert answer_of(state, "D-O1", school.pk) == expected, because


def test_the_last_evaluation_counts(state: Org, school: Org, ada: Person) -> None:
    version = a_version(school)
    evaluate(version, ada, on=date(2026, 9, 1), score=Decimal(95))
    evaluate(version, ada, on=date(2026, 10, 1), score=Decimal(60))
    assert answer_of(state, "D-O1", school.pk, as_of=date(2026, 9, 15)) == Answer.MET
    assert answer_of(state, "D-O1", school.pk) == Answer.NOT_MET


def test_a_plan_confirmed_in_the_year_counts_also_once_it_is_confirmed_anew(
    state: Org, school: Org, ada: Person
) -> None:
    version = a_version(school, adopted_on=date(2025, 8, 1))
    evaluate(version, ada, on=date(2025, 9, 1))
    assert answer_of(state, "D-O1", school.pk) == Answer.NOT_MET
    Plan.objects.filter(pk=version.plan_id).update(attested_on=date(2026, 8, 5))
    assert answer_of(state, "D-O1", school.pk) == Answer.MET
    ReviewTask.objects.create(
        plan=version.plan, org=school, kind="attest", what="Confirm", opened_at=noon(date(2026, 7, 1)),
        due_on=date(2026, 9, 30), done_at=noon(date(2026, 8, 5)), outcome="done",
    )  # fmt: skip
    Plan.objects.filter(pk=version.plan_id).update(attested_on=date(2027, 8, 5))
    assert answer_of(state, "D-O1", school.pk) == Answer.MET
    ReviewTask.objects.all().update(outcome="passed")
    Plan.objects.filter(pk=version.plan_id).update(attested_on=date(2027, 8, 6))
    assert answer_of(state, "D-O1", school.pk) == Answer.NOT_MET


def test_a_school_with_a_plan_here_is_judged_by_it_and_not_by_what_it_attests(
    state: Org, school: Org, ada: Person
) -> None:
    attest(school, "D-O1", **GOOD)
    assert answer_of(state, "D-O1", school.pk) == Answer.MET
    a_version(school)
    assert answer_of(state, "D-O1", school.pk) == Answer.NOT_MET


def test_a_plan_that_is_only_being_written_leaves_what_was_attested(state: Org, school: Org) -> None:
    attest(school, "D-O1", **GOOD)
    plan = Plan.objects.create(org=school, begun_at=noon(date(2026, 8, 1)))
    Version.objects.create(plan=plan, org=school, number=1, begun_on=date(2026, 8, 1))
    assert answer_of(state, "D-O1", school.pk) == Answer.MET


def test_as_of_a_past_day_the_version_of_then_is_judged(state: Org, school: Org, ada: Person) -> None:
    old = a_version(school, adopted_on=date(2026, 7, 10), state="superseded", until_on=date(2026, 12, 1))
    evaluate(old, ada)
    a_version(school, adopted_on=date(2026, 12, 1), number=2)
    assert answer_of(state, "D-O1", school.pk, as_of=date(2026, 11, 30)) == Answer.MET
    assert answer_of(state, "D-O1", school.pk) == Answer.NOT_MET  # nobody evaluated the new one yet
    assert answer_of(state, "D-O2", school.pk, as_of=date(2026, 11, 30)) == Answer.MET
    assert answer_of(state, "D-O2", school.pk) == Answer.NOT_MET


@pytest.mark.parametrize(
    ("evaluation", "expected", "within_24"),
    [
        ({"on": date(2026, 7, 1)}, Answer.MET, 1),
        ({"on": date(2026, 6, 30)}, Answer.NOT_MET, 1),
        ({"on": date(2025, 3, 1)}, Answer.NOT_MET, 1),
        ({"on": date(2025, 2, 28)}, Answer.NOT_MET, 0),
        ({"is_recognized": False}, Answer.NOT_MET, 0),
        ({"score": None, "passes": None}, Answer.MET, 1),
    ],
)
def test_the_version_in_force_was_evaluated_in_the_year_by_a_recognised_method(
    state: Org, school: Org, ada: Person, evaluation: dict[str, Any], expected: Answer, within_24: int
) -> None:
    evaluate(a_version(school, adopted_on=date(2025, 1, 5)), ada, **evaluation)
    assert answer_of(state, "D-O2", school.pk) == expected
    [line] = second_lines(Measured(state, TODAY), current().output("D-O2"), YEAR)
    assert line.figure is not None
    assert line.figure.met == within_24


@pytest.mark.parametrize(
    ("adopted_on", "attested_on", "sessions", "expected", "because"),
    [
        (date(2026, 8, 10), None, [(date(2026, 8, 20), 27)], Answer.MET, "27 of 30 are 90 %"),
        (date(2026, 8, 10), None, [(date(2026, 8, 20), 26)], Answer.NOT_MET, "26 of 30 are not"),
        (date(2026, 8, 10), None, [(date(2026, 8, 20), 20), (date(2026, 9, 2), 7)], Answer.MET, "a second session"),
        (date(2026, 8, 10), None, [(date(2026, 8, 9), 30)], Answer.NOT_MET, "before the update"),
        (date(2026, 6, 1), None, [(date(2026, 8, 20), 30)], Answer.NOT_MET, "no update in the year"),
        (date(2026, 6, 1), date(2026, 8, 1), [(date(2026, 8, 20), 30)], Answer.MET, "confirmed in the year"),
        (date(2026, 6, 1), date(2026, 8, 21), [(date(2026, 8, 20), 30)], Answer.NOT_MET, "confirmed only afterwards"),
        (date(2026, 8, 10), None, [], Answer.NOT_MET, "no session"),
    ],
)
def test_a_session_after_the_update_must_reach_90_percent(
    state: Org, school: Org, ada: Person, adopted_on: date, attested_on: date | None,
    sessions: list[tuple[date, int]], expected: Answer, because: str,
) -> None:  # fmt: skip
    version = a_version(school, adopted_on=adopted_on)
    Plan.objects.filter(pk=version.plan_id).update(attested_on=attested_on)
    for day, attended in sessions:
        brief(version, ada, on=day, attended=attended)
    assert answer_of(state, "D-O3", school.pk) == expected, because


def test_the_state_offices_evaluation_is_verified(state: Org, school: Org, ada: Person) -> None:
    version = a_version(school)
    evaluate(version, ada)
    output = current().output("D-O1")
    assert Measured(state, TODAY).facts(output, YEAR).of(school.pk) == (Answer.MET, 2)
    evaluate(version, ada, on=date(2026, 11, 1), evaluator="state")
    assert Measured(state, TODAY).facts(output, YEAR).of(school.pk) == (Answer.MET, 4)


def test_why_names_the_version_the_evaluation_and_the_session_and_which_of_them_count(
    state: Org, school: Org, ada: Person
) -> None:
    version = a_version(school)
    evaluate(version, ada, on=date(2026, 9, 1), score=Decimal(60))
    evaluate(version, ada, on=date(2026, 10, 1))
    brief(version, ada, attended=20)
    measured = Measured(state, TODAY)

    def told(output: str) -> list[tuple[str, bool]]:
        asked = measured.asked(current().output(output), YEAR)
        return [(each.what, each.counts) for each in definition_of(asked.output).evidence(asked, school.pk)]

    name = "nine_areas, The school or district itself"
    assert told("D-O1") == [("Version 1", True), (name, False), (name, True)]
    assert told("D-O2") == [("Version 1", True), (name, True), (name, True)]
    assert told("D-O3") == [("Version 1", True), ("Session: What is new", True)]


def test_each_of_the_outputs_is_at_most_any_plan_in_force(state: Org, district: Org, ada: Person) -> None:
    with_record, attesting, silent = (factories.a_school(name, district=district) for name in ("Ash", "Elm", "Oak"))
    version = a_version(with_record)
    evaluate(version, ada)
    brief(version, ada)
    attest(attesting, "D-O1", **GOOD)
    attest(attesting, "D-O2", plan_in_force=True, method="eop_evaluate", evaluated_on="2026-09-01")
    measured = Measured(state, TODAY)
    [any_plan] = second_lines(measured, current().output("D-O1"), YEAR)
    assert any_plan.figure is not None
    assert any_plan.figure.met == 2
    for output, met in (("D-O1", 2), ("D-O2", 2), ("D-O3", 1)):
        assert measured.figure(current().output(output), YEAR).met == met
    assert measured.facts(current().output("D-O1"), YEAR).of(silent.pk)[0] == Answer.NOT_REPORTED
