"""Judge offers, criterion by criterion; finish, open again; and share what was found with other districts."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.actions.procurement import Status, locked
from shelterbelt.assessments.models import Procurement, ProductEvaluation, ProductScore, SharedEvaluation
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.procurement_words import refuse
from shelterbelt.assessments.queries.procurement import given_scores
from shelterbelt.assessments.rules import procurement_entry as entry
from shelterbelt.assessments.rules.buying_methods import highest_score, method_as_chosen
from shelterbelt.assessments.rules.procurement_states import before_the_decision
from shelterbelt.assessments.rules.product_templates import score_of, template_as_used, template_on, unanswered


@transaction.atomic
def begin_evaluation(
    purchase: Procurement,
    *,
    product: str,
    vendor: str,
    price: Decimal | None,
    by: Standing,
    at: datetime,
    evaluation_id: uuid.UUID | None = None,
) -> ProductEvaluation:
    """Take an offer into the purchase, to be judged by today's version of the template for its kind."""
    purchase = locked(purchase)
    require(policy.may_evaluate(by, purchase))
    refuse(entry.problems_of_amount("price", price))
    known = purchase.evaluations.filter(pk=evaluation_id).first() if evaluation_id else None
    if known is not None:
        return known
    template = template_on(purchase.category, timezone.localdate(at))
    try:
        with transaction.atomic():
            return ProductEvaluation.objects.create(
                id=evaluation_id or uuid.uuid4(), procurement=purchase, org_id=purchase.org_id,
                product=product.strip(), vendor=vendor.strip(), price=price, template=template.key,
                template_version=template.version, begun_on=timezone.localdate(at),
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(_("This form was used for another offer already. Open a new form.")) from error


@transaction.atomic
def judge_criterion(
    evaluation: ProductEvaluation, *, criterion: str, score: int | None, evidence: str, by: Standing
) -> None:
    """Say how far an offer fulfils one criterion, and what that rests on; what was said before gives way."""
    evaluation = _locked(evaluation)
    require(policy.may_judge_offer(by, evaluation))
    template = template_as_used(evaluation.template, evaluation.template_version)
    problems = {}
    if template.criterion(criterion) is None:
        problems["score"] = [_("This template has no such criterion.")]
    if score is not None and not 0 <= score <= highest_score():
        problems["score"] = [_("Choose one of the scores.")]
    if not evidence.strip():
        problems["evidence"] = [_("Write down what this rests on: a test, a page of the offer, a call.")]
    if problems:
        raise ValidationError(problems)
    ProductScore.objects.update_or_create(
        evaluation=evaluation,
        criterion=criterion,
        defaults={"org_id": evaluation.org_id, "score": score, "evidence": evidence.strip()},
    )


@transaction.atomic
def finish_evaluation(
    evaluation: ProductEvaluation, *, evaluated_on: date, evaluators: str, summary: str, by: Standing, at: datetime
) -> ProductEvaluation:
    """Say that an offer is judged, on which day and by whom. Where the method rests on a report, it is there."""
    purchase = locked(evaluation.procurement)
    evaluation = _locked(evaluation)
    require(policy.may_judge_offer(by, evaluation))
    today = timezone.localdate(at)
    refuse(entry.problems_of_evaluation(evaluated_on, method_chosen_on=purchase.method_chosen_on, today=today))
    _check_finished(purchase, evaluation, evaluators, summary)
    given = given_scores(evaluation)
    evaluation.score = score_of(template_as_used(evaluation.template, evaluation.template_version), given)
    evaluation.evaluated_on, evaluation.recorded_on, evaluation.recorded_by = evaluated_on, today, by.person
    evaluation.evaluators, evaluation.summary = evaluators.strip(), summary.strip()
    evaluation.save()
    _restate(purchase)
    return evaluation


@transaction.atomic
def reopen_evaluation(evaluation: ProductEvaluation, *, by: Standing) -> None:
    """Open a finished evaluation again; what was shared of it stays as it was shared."""
    purchase = locked(evaluation.procurement)
    evaluation = _locked(evaluation)
    require(policy.may_reopen_evaluation(by, evaluation))
    evaluation.evaluated_on = evaluation.recorded_on = evaluation.recorded_by = evaluation.score = None
    evaluation.save()
    _restate(purchase)


@transaction.atomic
def drop_offer(evaluation: ProductEvaluation, *, by: Standing, at: datetime) -> None:
    """Leave out an offer that was withdrawn or entered by mistake."""
    evaluation = _locked(evaluation)
    require(policy.may_judge_offer(by, evaluation))
    evaluation.dropped_on = timezone.localdate(at)
    evaluation.save(update_fields=["dropped_on"])


@transaction.atomic
def share(
    evaluation: ProductEvaluation, *, with_price: bool, with_evidence: Collection[str], by: Standing, at: datetime
) -> SharedEvaluation:
    """Copy an evaluation to the list that all districts read, without what the district keeps to itself.

    Shared again, the copy of today takes the place of the former one.
    """
    purchase = locked(evaluation.procurement)
    evaluation = _locked(evaluation)
    require(policy.may_share(by, evaluation))
    today = timezone.localdate(at)
    assert purchase.method_version and evaluation.evaluated_on  # noqa: S101, PT018  a finished one has both
    evaluation.shared.filter(withdrawn_on=None).update(withdrawn_on=today)
    return SharedEvaluation.objects.create(
        org_id=evaluation.org_id, evaluation=evaluation, product=evaluation.product, vendor=evaluation.vendor,
        template=evaluation.template, template_version=evaluation.template_version, method=purchase.method,
        method_version=purchase.method_version, evaluated_on=evaluation.evaluated_on, score=evaluation.score,
        scores=_copied(evaluation, with_evidence), summary=evaluation.summary if "summary" in with_evidence else "",
        price=evaluation.price if with_price else None, was_bought=purchase.chosen_id == evaluation.pk,
        shared_on=today, shared_by=by.person,
    )  # fmt: skip


@transaction.atomic
def withdraw_shared(shared: SharedEvaluation, *, by: Standing, at: datetime) -> None:
    """Take an evaluation off the list; the district's own record stays."""
    require(policy.may_withdraw_shared(by, shared))
    shared.withdrawn_on = timezone.localdate(at)
    shared.save(update_fields=["withdrawn_on"])


def _copied(evaluation: ProductEvaluation, with_evidence: Collection[str]) -> dict[str, dict[str, Any]]:
    return {
        key: {"score": given.score, "evidence": given.evidence if key in with_evidence else ""}
        for key, given in given_scores(evaluation).items()
    }


def _check_finished(purchase: Procurement, evaluation: ProductEvaluation, evaluators: str, summary: str) -> None:
    problems: dict[str, list[str]] = {}
    if not evaluators.strip():
        problems["evaluators"] = [_("Say who judged: offices or roles.")]
    if not summary.strip():
        problems["summary"] = [_("Say in a sentence or two what came out.")]
    rests_on_report = method_as_chosen(purchase.method, purchase.method_version or 1).report
    if rests_on_report and not purchase.attachments.filter(kind="evaluation").exists():
        problems["evaluated_on"] = [_("This method rests on a report. Attach it to the purchase as its report first.")]
    missing = unanswered(template_as_used(evaluation.template, evaluation.template_version), given_scores(evaluation))
    if missing and not rests_on_report:
        problems.setdefault("evaluated_on", []).append(
            ngettext("%(number)s criterion is not judged yet.", "%(number)s criteria are not judged yet.", len(missing))
            % {"number": len(missing)}
        )
    if problems:
        raise ValidationError(problems)


def _restate(purchase: Procurement) -> None:
    """Move an undecided purchase to where its evaluations are."""
    finished = purchase.evaluations.filter(evaluated_on__isnull=False, dropped_on=None).exists()
    purchase.status = Status(before_the_decision(method=purchase.method, has_finished_evaluation=finished))
    purchase.save(update_fields=["status"])


def _locked(evaluation: ProductEvaluation) -> ProductEvaluation:
    found = ProductEvaluation.objects.select_for_update(of=("self",)).select_related("procurement__org", "org")
    return found.get(pk=evaluation.pk)
