"""A version is evaluated by a published method; what was submitted stays, and what isn't met becomes a finding."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import environment
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.improvements.models import Finding
from shelterbelt.plans.actions.evaluating import (
    Told,
    answer_area,
    begin_evaluation,
    record_outside_evaluation,
    submit_evaluation,
)
from shelterbelt.plans.models import Evaluation, EvaluationAnswer
from shelterbelt.plans.queries import draft_of
from shelterbelt.plans.queries.evaluation import quality_of
from shelterbelt.plans.rules import evaluation as rules
from shelterbelt.plans.rules.high_quality import InForce, lacks
from shelterbelt.plans.tests.conftest import NOW, TODAY

MISSOURI = next(method for method in rules.methods() if method.id == "missouri")


def a_report():
    return SimpleUploadedFile("report.pdf", b"%PDF-1.7 a report", content_type="application/pdf")


@pytest.fixture
def evaluate(acting):
    """Answers every question of a method: `evaluate(version, duty_bleeding="absent")`, the others met."""

    def make(version, who="ben", method=MISSOURI, evaluator="self", **others):
        with acting(who) as standing:
            begun = begin_evaluation(version=version, method=method, evaluator=evaluator, by=standing, at=NOW)
            for area in method.areas:
                told = {question.key: Told(others.get(question.key, "met")) for question in area.questions}
                answer_area(begun, area=area, told=told, by=standing)
            return submit_evaluation(begun, by=standing, at=NOW)

    return make


def test_every_method_names_its_source_and_asks_each_question_once():
    assert {method.id for method in rules.methods()} >= {"nine_areas", "federal_criteria", "missouri"}
    nine = next(method for method in rules.methods() if method.id == "nine_areas")
    federal = next(method for method in rules.methods() if method.id == "federal_criteria")
    assert (len(nine.areas), len(federal.areas)) == (9, 5)
    assert all(method.source and not rules.problems_of(method) for method in rules.methods())
    twice = dataclasses.replace(nine, areas=nine.areas[:1] * 2)
    assert len(rules.problems_of(twice)) == 2


def test_a_file_that_is_no_method_stops_with_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "evaluation").mkdir()
    (tmp_path / "evaluation/odd.yaml").write_text("id: odd\n")
    monkeypatch.setenv("SHELTERBELT_PLAN_DATA", str(tmp_path))
    with pytest.raises(environment.SettingError, match=r"odd\.yaml is no method"):
        rules.methods()


def test_the_score_is_the_share_of_points_of_what_applies():
    # 13 questions; one doesn't apply: 12 × 2 = 24 points. Two partly (1 each) and one absent lose 4: 20 of 24.
    told = {question.key: "met" for question in MISSOURI.questions}
    told |= {"duty_earthquake": "not_applicable", "duty_training": "partly", "duty_cardiac": "partly"}
    result = rules.judge(MISSOURI, told | {"law_assessed": "absent"})
    assert (round(result.score, 4), result.failed, result.open) == (83.3333, (), ())


def test_a_critical_question_is_met_or_failed_and_an_open_one_is_neither():
    result = rules.judge(MISSOURI, {"law_adopted": "partly", "law_shared": ""})
    assert result.failed == ("law_adopted",)
    assert "law_shared" in result.open
    assert result.score == 50


def test_a_plan_is_evaluated_submitted_and_frozen(adopted, evaluate, acting):
    done = evaluate(adopted(), duty_bleeding="absent", duty_cardiac="partly")
    assert (done.state, done.evaluated_on) == ("submitted", TODAY)
    assert done.score == Decimal("88.46")  # 23 of 26 points
    with acting("ben") as ben:
        with pytest.raises(PermissionDenied, match="its answers stay"):
            answer_area(done, area=MISSOURI.areas[0], told={"topic_safety": Told("absent")}, by=ben)
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            Evaluation.objects.filter(pk=done.pk).update(score=100)
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            EvaluationAnswer.objects.filter(evaluation=done).update(answer="met")


def test_what_is_not_met_becomes_a_finding_in_its_own_words_or_the_methods(adopted, acting, evaluate):
    version = adopted()
    with acting("ben") as ben:
        begun = begin_evaluation(version=version, method=MISSOURI, evaluator="self", by=ben, at=NOW)
        told = {"law_reviewed": Told("partly", gap="The fire service didn't come")}
        answer_area(begun, area=MISSOURI.areas[1], told=told, by=ben)
    evaluate_rest = {"law_reviewed": "partly", "topic_mental": "absent"}
    with acting("ben") as ben:
        for area in MISSOURI.areas:
            told = {
                q.key: Told(
                    evaluate_rest.get(q.key, "met"), gap="The fire service didn't come" * (q.key == "law_reviewed")
                )
                for q in area.questions
            }
            answer_area(begun, area=area, told=told, by=ben)
        submit_evaluation(begun, by=ben, at=NOW)
        found = {each.source_part: each for each in Finding.objects.of_source("evaluation", begun.pk)}
    assert found["law_reviewed"].what == "The fire service didn't come"
    assert found["topic_mental"].what == "Cover the mental health of all involved."
    assert found["topic_mental"].rating == "very_high"  # absent and critical: 3 × 4
    assert len(found) == 2


def test_it_is_not_submitted_with_questions_open_and_a_critical_one_always_applies(adopted, acting):
    version = adopted()
    with acting("ben") as ben:
        begun = begin_evaluation(version=version, method=MISSOURI, evaluator="self", by=ben, at=NOW)
        with pytest.raises(ValidationError, match="13 questions have no answer"):
            submit_evaluation(begun, by=ben, at=NOW)
        with pytest.raises(ValidationError, match="every plan"):
            answer_area(begun, area=MISSOURI.areas[0], told={"topic_mental": Told("not_applicable")}, by=ben)
        with pytest.raises(ValidationError, match="one of the answers"):
            answer_area(begun, area=MISSOURI.areas[0], told={"topic_mental": Told("yes")}, by=ben)
        again = begin_evaluation(version=version, method=MISSOURI, evaluator="self", by=ben, at=NOW)
    assert again == begun


def test_only_a_frozen_version_is_evaluated(begun, acting):
    plan = begun("linden")
    with acting("ben") as ben, pytest.raises(PermissionDenied, match="still being written"):
        begin_evaluation(version=draft_of(plan), method=MISSOURI, evaluator="self", by=ben, at=NOW)


def test_the_state_office_evaluates_for_the_state_and_nobody_else_does(adopted, evaluate, acting):
    version = adopted()
    done = evaluate(version, who="cora", evaluator="state")
    assert (done.evaluator, done.evaluator_name) == ("state", "cora")
    with acting("ben") as ben, pytest.raises(ValidationError, match="Only the state office"):
        begin_evaluation(version=version, method=MISSOURI, evaluator="state", by=ben, at=NOW)


@pytest.mark.parametrize("name", ["tom", "greta", "otto", "ruth", "pete", "bea"])
def test_staff_other_schools_the_region_and_agencies_read_no_evaluation(adopted, evaluate, acting, name):
    evaluate(adopted(), duty_bleeding="absent")
    with acting(name):
        assert not Evaluation.objects.exists()
        assert not EvaluationAnswer.objects.exists()
        assert not Finding.objects.exists()


def test_a_report_from_elsewhere_is_kept_with_its_method(adopted, acting):
    version = adopted()
    method = rules.outside_methods()[0]
    given = {"version": version, "method": method, "evaluator": "peer", "evaluator_name": "Pat Peer, Elm R-I"}
    with acting("ben") as ben:
        with pytest.raises(ValidationError, match="after that day"):
            record_outside_evaluation(**given, evaluated_on=date(2026, 1, 5), upload=a_report(), by=ben, at=NOW)
        kept = record_outside_evaluation(
            **given, evaluated_on=TODAY, upload=a_report(), score=Decimal(91), passes=True, by=ben, at=NOW
        )
    assert (kept.method, kept.is_recognized, kept.report_name) == ("eop_evaluate", True, "report.pdf")
    assert kept.passes is False  # needed sections are missing, whatever the report says


YEAR = SchoolYear(2026)
GOOD = InForce(adopted_on=date(2026, 8, 1), score=80.0, passes=True)


@pytest.mark.parametrize(
    ("changed", "lack"),
    [
        ({}, ()),
        ({"adopted_on": date(2026, 6, 30)}, ("year",)),
        ({"adopted_on": date(2024, 8, 1), "attested_on": (date(2026, 9, 1),)}, ()),
        ({"score": 79.99}, ("score",)),
        ({"passes": None}, ("critical",)),
        ({"score": None, "passes": None}, ("evaluation",)),
        ({"missing": ("lockdown",), "passes": False}, ("sections", "critical")),
    ],
)
def test_high_quality_is_a_rule(changed, lack):
    assert lacks(dataclasses.replace(GOOD, **changed), year=YEAR, on=TODAY, min_score=80) == lack


def test_without_a_version_in_force_that_is_all_one_is_told():
    assert lacks(None, year=YEAR, on=TODAY, min_score=80) == ("version",)


def test_a_school_sees_what_its_plan_lacks(adopted, evaluate, acting):
    version = adopted()
    evaluate(version, topic_mental="absent", law_adopted="partly", duty_bleeding="absent", duty_cardiac="absent")
    with acting("ben"):
        found = quality_of(version.plan, TODAY)
    assert found.lacks == ("sections", "score", "critical")
    assert "purpose" in found.missing
    assert found.evaluation.failed == ["topic_mental", "law_adopted"]


def test_answers_kept_by_sql_alone_do_not_hang_on_a_foreign_evaluation(adopted, evaluate, acting):
    done = evaluate(adopted())
    foreign = (
        "insert into plans_evaluationanswer (evaluation_id, org_id, question, answer, evidence, gap)"
        " select %s, h.org_id, 'x', 'met', '', '' from access_holdings() h"
    )
    refused = pytest.raises(Exception, match="row-level security")
    with acting("otto"), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(foreign, [done.pk])
    with acting_as_system("clock", today=TODAY, reason="test"):
        assert not EvaluationAnswer.objects.filter(question="x").exists()
