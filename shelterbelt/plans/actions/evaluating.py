"""Evaluate a version of a plan: begin, answer area by area, submit; or record what was evaluated elsewhere.

The only place that writes evaluations. What isn't met becomes findings in the room of improvements.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.storage import file_store
from shelterbelt.documents.actions import accepted_kind
from shelterbelt.documents.rules import clean_name
from shelterbelt.improvements.actions import record_finding
from shelterbelt.improvements.models import Finding
from shelterbelt.plans.models import Evaluation, EvaluationAnswer, Version
from shelterbelt.plans.policy.evaluation import may_answer, may_evaluate
from shelterbelt.plans.queries.evaluation import method_used, missing_sections, result_of
from shelterbelt.plans.rules.evaluation import ANSWERS, Area, Method, Question

SUBMITTED = Evaluation.State.SUBMITTED


@dataclass(frozen=True)
class Told:
    """The answer to one question."""

    answer: str = ""
    evidence: str = ""
    gap: str = ""


@transaction.atomic
def begin_evaluation(
    *,
    version: Version,
    method: Method,
    evaluator: str,
    by: Standing,
    at: datetime,
    evaluator_name: str = "",
    evaluator_org: str = "",
) -> Evaluation:
    """Begin to evaluate a frozen version by a method with questions; go on with one that is open."""
    require(may_evaluate(by, version))
    _check_evaluator(evaluator, evaluator_name, by)
    known = version.evaluations.filter(state="draft", method=method.id, evaluator=evaluator).first()
    if known is not None:
        return known
    if not method.areas or not method.holds(timezone.localdate(at)):
        raise ValidationError(_("Plans aren't evaluated by this method now. Choose another."))
    return Evaluation.objects.create(
        plan=version.plan, org_id=version.org_id, version=version, method=method.id, method_version=method.version,
        is_recognized=method.is_recognized, evaluator=evaluator, evaluator_name=evaluator_name or by.person.name,
        evaluator_org=evaluator_org, begun_at=at, begun_by=by.person,
    )  # fmt: skip


@transaction.atomic
def answer_area(evaluation: Evaluation, *, area: Area, told: Mapping[str, Told], by: Standing) -> None:
    """Keep the answers of one area. What isn't told stays as it is."""
    evaluation = _locked(evaluation)
    require(may_answer(by, evaluation))
    known = {question.key: question for question in area.questions}
    problems = {key: _problem(known[key], each) for key, each in told.items() if _problem(known[key], each)}
    if problems:
        raise ValidationError(problems)
    EvaluationAnswer.objects.bulk_create(
        [
            EvaluationAnswer(
                evaluation=evaluation, org_id=evaluation.org_id, question=key, answer=each.answer,
                evidence=each.evidence.strip(), gap=each.gap.strip(),
            )
            for key, each in told.items()
        ],
        update_conflicts=True,
        unique_fields=["evaluation", "question"],
        update_fields=["answer", "evidence", "gap"],
    )  # fmt: skip


@transaction.atomic
def submit_evaluation(evaluation: Evaluation, *, by: Standing, at: datetime) -> Evaluation:
    """Finish it: score, critical points, findings. After that nothing of it changes."""
    evaluation = _locked(evaluation)
    require(may_answer(by, evaluation))
    method = method_used(evaluation)
    if method is None or not method.areas:
        raise ValidationError(_("The questions of this evaluation aren't here any more. Begin a new one."))
    result = result_of(evaluation, method)
    if not result.is_complete:
        many = len(result.open)
        raise ValidationError(
            ngettext("%(many)s question has no answer yet.", "%(many)s questions have no answer yet.", many)
            % {"many": many}
        )
    missing = missing_sections(evaluation.version)
    evaluation.state, evaluation.submitted_at, evaluation.submitted_by = SUBMITTED, at, by.person
    evaluation.evaluated_on = timezone.localdate(at)
    evaluation.score = Decimal(str(round(result.score, 2)))
    evaluation.failed, evaluation.missing = list(result.failed), missing
    evaluation.passes = not result.failed and not missing
    evaluation.save()
    _record_findings(evaluation, method, by, at)
    return evaluation


@transaction.atomic
def record_outside_evaluation(
    *,
    version: Version,
    method: Method,
    evaluator: str,
    evaluated_on: date,
    upload: "UploadedFile[Any]",
    by: Standing,
    at: datetime,
    score: Decimal | None = None,
    passes: bool | None = None,
    evaluator_name: str = "",
    evaluator_org: str = "",
) -> Evaluation:
    """Keep that a version was evaluated elsewhere, with the report."""
    require(may_evaluate(by, version))
    _check_evaluator(evaluator, evaluator_name, by)
    _check_day(version, evaluated_on, timezone.localdate(at))
    kind = accepted_kind(upload)
    upload.seek(0)
    stored = file_store().put(upload.chunks())
    missing = missing_sections(version)
    return Evaluation.objects.create(
        plan=version.plan, org_id=version.org_id, version=version, method=method.id, method_version=method.version,
        is_recognized=method.is_recognized, evaluator=evaluator, evaluator_name=evaluator_name or by.person.name,
        evaluator_org=evaluator_org, begun_at=at, begun_by=by.person, state=SUBMITTED, evaluated_on=evaluated_on,
        submitted_at=at, submitted_by=by.person, score=score, passes=False if missing else passes, missing=missing,
        report_name=clean_name(upload.name or "", kind)[:160], report_type=kind.content_type,
        report_sha256=stored.sha256,
    )  # fmt: skip


def _check_evaluator(evaluator: str, name: str, by: Standing) -> None:
    problems = {}
    if evaluator == Evaluation.Evaluator.STATE and not by.is_state_office:
        problems["evaluator"] = [_("Only the state office evaluates for the state.")]
    elif evaluator != Evaluation.Evaluator.STATE and by.is_state_office:
        problems["evaluator"] = [_("Your evaluation is the state office's.")]
    elif evaluator == Evaluation.Evaluator.PEER and not name.strip():
        problems["evaluator_name"] = [_("Say who evaluated, and from where.")]
    if problems:
        raise ValidationError(problems)


def _check_day(version: Version, evaluated_on: date, today: date) -> None:
    frozen_on = timezone.localdate(version.frozen_at) if version.frozen_at else version.begun_on
    if evaluated_on > today:
        raise ValidationError({"evaluated_on": [_("That day hasn't come yet.")]})
    if evaluated_on < min(frozen_on, version.adopted_on or frozen_on):
        raise ValidationError(
            {"evaluated_on": [_("This version was written after that day. The report is about an earlier one.")]}
        )


def _problem(question: Question, told: Told) -> list[str]:
    if told.answer and told.answer not in ANSWERS:
        return [_("Choose one of the answers.")]
    if question.is_critical and told.answer == "not_applicable":
        return [_("This applies to every plan.")]
    return []


def _record_findings(evaluation: Evaluation, method: Method, by: Standing, at: datetime) -> None:
    gaps = {row.question: row for row in evaluation.answers.filter(answer__in=["partly", "absent"])}
    for question in method.questions:
        row = gaps.get(question.key)
        if row is not None:
            likelihood, impact = _risk(question, row.answer)
            record_finding(
                org=evaluation.plan.org, source_kind=Finding.Source.EVALUATION, source_id=evaluation.pk,
                source_part=question.key, what=row.gap or question.gap, place=question.section,
                likelihood=likelihood, impact=impact, found_on=timezone.localdate(at), by=by, at=at,
            )  # fmt: skip


def _risk(question: Question, answer: str) -> tuple[int, int]:
    """A first rating, which those who keep the register correct: what is critical weighs most."""
    return (3 if answer == "absent" else 2, 4 if question.is_critical else 2)


def _locked(evaluation: Evaluation) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("plan__org", "version__plan__org")
    return rows.get(pk=evaluation.pk)
