"""Consider, plan, choose a method, decide, accept: the only place that writes purchases.

A form that arrives twice makes one purchase, for its id was made with the form.
"""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from shelterbelt import strategy
from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.models import Procurement, ProcurementDocument, ProcurementFinding, ProductEvaluation
from shelterbelt.assessments.policy import procurement as policy
from shelterbelt.assessments.procurement_words import refuse
from shelterbelt.assessments.queries import procurement as queries
from shelterbelt.assessments.rules import procurement_entry as entry
from shelterbelt.assessments.rules.buying_methods import funding_sources, methods_on
from shelterbelt.assessments.rules.procurement_states import before_the_decision, may_become
from shelterbelt.assessments.rules.product_templates import product_templates
from shelterbelt.attestations.actions import attest
from shelterbelt.attestations.models import Attestation
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.documents.actions import keep
from shelterbelt.improvements.models import Finding
from shelterbelt.orgs.models import Org

KEEP_YEARS = 6
"""Longer than a contract of three years with its renewal, so that the evaluation outlives what was bought by it."""
Status = Procurement.Status
OUTPUT = "E-O1"
USED_ALREADY = gettext_lazy("This form was used for another purchase already. Open a new form.")


@transaction.atomic
def consider(
    *,
    district: Org,
    title: str,
    category: str,
    need: str,
    by: Standing,
    at: datetime,
    purchase_id: uuid.UUID | None = None,
) -> Procurement:
    """Write down that something may be bought, and why."""
    require(policy.may_consider(by, district))
    _check_need(title, category, need)
    answers = {"title": title.strip(), "category": category, "need": need.strip()}
    known = Procurement.objects.filter(pk=purchase_id).first() if purchase_id else None
    if known is not None:
        return _same(known, district, answers)
    stamps = {"org": district, "considered_on": timezone.localdate(at), "considered_by": by.person}
    try:
        with transaction.atomic():
            return Procurement.objects.create(id=purchase_id or uuid.uuid4(), **stamps, **answers)
    except IntegrityError as error:
        raise ValidationError(USED_ALREADY) from error


@transaction.atomic
def change_need(purchase: Procurement, *, title: str, category: str, need: str, by: Standing) -> None:
    """Say better what is wanted and why. What kind of product it is stays once an offer was looked at."""
    purchase = locked(purchase)
    require(policy.may_plan(by, purchase))
    _check_need(title, category, need)
    if category != purchase.category and purchase.evaluations.filter(dropped_on=None).exists():
        raise ValidationError({"category": [_("Offers are judged by the template of this kind of product already.")]})
    purchase.title, purchase.category, purchase.need = title.strip(), category, need.strip()
    purchase.save(update_fields=["title", "category", "need"])


@transaction.atomic
def set_money(
    purchase: Procurement,
    *,
    estimated_cost: Decimal | None,
    funding: str,
    funding_note: str,
    by: Standing,
    at: datetime,
) -> None:
    """Say what it may cost and who pays."""
    purchase = locked(purchase)
    require(policy.may_plan(by, purchase))
    refuse(entry.problems_of_amount("estimated_cost", estimated_cost))
    if funding and funding not in funding_sources(timezone.localdate(at)):
        raise ValidationError({"funding": [_("Choose one of the sources.")]})
    purchase.estimated_cost, purchase.funding, purchase.funding_note = estimated_cost, funding, funding_note.strip()
    purchase.save(update_fields=["estimated_cost", "funding", "funding_note"])


@transaction.atomic
def link_findings(purchase: Procurement, *, findings: Collection[Finding], by: Standing) -> None:
    """Say what it is to mend: these findings and no others."""
    purchase = locked(purchase)
    require(policy.may_plan(by, purchase))
    wanted = {finding.pk for finding in findings}
    known = set(purchase.finding_links.values_list("finding_id", flat=True))
    purchase.finding_links.exclude(finding_id__in=wanted).delete()
    ProcurementFinding.objects.bulk_create(
        ProcurementFinding(procurement=purchase, org_id=purchase.org_id, finding_id=key) for key in wanted - known
    )


@transaction.atomic
def choose_method(purchase: Procurement, *, method: str, chosen_on: date, by: Standing, at: datetime) -> None:
    """Choose how offers are judged, before any of them is."""
    purchase = locked(purchase)
    require(policy.may_choose_method(by, purchase))
    today = timezone.localdate(at)
    methods = methods_on(today)
    refuse(entry.problems_of_day("chosen_on", chosen_on, today=today))
    try:
        found = methods.method(method)
    except KeyError as error:
        raise ValidationError({"method": [_("Choose one of the methods.")]}) from error
    purchase.method, purchase.method_version, purchase.method_recognized = method, methods.version, found.recognized
    purchase.method_chosen_on, purchase.method_chosen_by = chosen_on, by.person
    purchase.status = Status.METHOD_CHOSEN
    purchase.save()


@transaction.atomic
def award(
    purchase: Procurement,
    *,
    chosen: ProductEvaluation | None,
    vendor: str,
    amount: Decimal | None,
    awarded_on: date,
    because: str,
    by: Standing,
    at: datetime,
) -> None:
    """Write down to whom the contract went: to an offer that was looked at, or to somebody else.

    Also what was never evaluated can be awarded, for it happens; the record then says so.
    """
    purchase = locked(purchase)
    require(policy.may_decide(by, purchase))
    today = timezone.localdate(at)
    vendor = chosen.vendor if chosen else vendor.strip()
    refuse(entry.problems_of_day("awarded_on", awarded_on, today=today) + entry.problems_of_amount("amount", amount))
    if not vendor:
        raise ValidationError({"vendor": [_("Say who got the contract.")]})
    if chosen is not None and (chosen.procurement_id != purchase.pk or chosen.dropped_on is not None):
        raise ValidationError({"chosen": [_("Choose one of the offers of this purchase.")]})
    purchase.chosen, purchase.vendor, purchase.amount, purchase.awarded_on = chosen, vendor, amount, awarded_on
    purchase.evaluated_on = chosen.evaluated_on if chosen else None
    purchase.evaluation_recorded_on = chosen.recorded_on if chosen else None
    _decide(purchase, Status.AWARDED, because, by, today)


@transaction.atomic
def decline(purchase: Procurement, *, declined_on: date, because: str, by: Standing, at: datetime) -> None:
    """Write down that nothing is bought, and why."""
    purchase = locked(purchase)
    require(policy.may_decide(by, purchase))
    refuse(entry.problems_of_day("declined_on", declined_on, today=timezone.localdate(at)))
    if not because.strip():
        raise ValidationError({"because": [_("Say why, in a few words.")]})
    purchase.declined_on = declined_on
    _decide(purchase, Status.NOT_BOUGHT, because, by, timezone.localdate(at))


@transaction.atomic
def take_back_decision(purchase: Procurement, *, because: str, by: Standing) -> None:
    """Undo a decision that was written down by mistake; the trail keeps what it said."""
    purchase = locked(purchase)
    require(policy.may_take_back(by, purchase))
    if not because.strip():
        raise ValidationError({"because": [_("Say why, in a few words.")]})
    finished = purchase.evaluations.filter(evaluated_on__isnull=False, dropped_on=None).exists()
    before = before_the_decision(method=purchase.method, has_finished_evaluation=finished)
    purchase.status = Status(before)
    for name in ("chosen", "amount", "evaluated_on", "evaluation_recorded_on", "awarded_on", "declined_on",
                 "decided_by", "decision_recorded_on", "bought_on"):  # fmt: skip
        setattr(purchase, name, None)
    purchase.vendor, purchase.acceptance = "", ""
    purchase.decided_because = because.strip()
    purchase.save()


@transaction.atomic
def accept(purchase: Procurement, *, bought_on: date, acceptance: str, by: Standing, at: datetime) -> None:
    """Write down that it was delivered and what the test of acceptance showed."""
    purchase = locked(purchase)
    require(policy.may_accept(by, purchase))
    assert purchase.awarded_on is not None  # noqa: S101  by constraint
    refuse(entry.problems_of_purchase(bought_on, awarded_on=purchase.awarded_on, today=timezone.localdate(at)))
    if not acceptance.strip():
        raise ValidationError({"acceptance": [_("Say in a few words what the test of acceptance showed.")]})
    purchase.status, purchase.bought_on, purchase.acceptance = Status.BOUGHT, bought_on, acceptance.strip()
    purchase.save(update_fields=["status", "bought_on", "acceptance"])


@transaction.atomic
def attach(
    purchase: Procurement, *, upload: "UploadedFile[Any]", kind: str, by: Standing, at: datetime
) -> ProcurementDocument:
    """Keep a file with the purchase. A report of an evaluation is closed: it tells what is weak."""
    require(policy.may_attach(by, purchase))
    closed = kind == "evaluation"
    document = keep(org=purchase.org, upload=upload, by=by, at=at, keep_years=KEEP_YEARS, is_closed=closed)
    return ProcurementDocument.objects.create(
        procurement=purchase, org_id=purchase.org_id, document=document, kind=kind
    )


@transaction.atomic
def say_nothing_bought(*, district: Org, year: SchoolYear, by: Standing, on: date) -> Attestation:
    """Say that the district bought nothing for security in a year, so that E-O1 doesn't apply to it.

    An attestation of zero purchases, like one made on the output's own page. A purchase that is awarded later counts.
    """
    require(policy.may_say_nothing_bought(by, district))
    if queries.year_so_far(district, year, on).awarded:
        raise ValidationError(_("A purchase awarded in this school year is written down here, so this can't be said."))
    return attest(
        org=district, output=strategy.current().output(OUTPUT), year=year, answers={"procurements": 0}, by=by, on=on
    )


def locked(purchase: Procurement) -> Procurement:
    """The purchase as it stands now, for us alone until the transaction ends."""
    return Procurement.objects.select_for_update(of=("self",)).select_related("org").get(pk=purchase.pk)


def _decide(purchase: Procurement, status: Status, because: str, by: Standing, today: date) -> None:
    if not may_become(purchase.status, status):
        raise ValidationError(_("That is not possible from where this purchase stands."))
    purchase.status, purchase.decided_because = status, because.strip()
    purchase.decided_by, purchase.decision_recorded_on = by.person, today
    purchase.save()


def _check_need(title: str, category: str, need: str) -> None:
    problems = {}
    if not title.strip():
        problems["title"] = [_("Say in a few words what may be bought.")]
    if not need.strip():
        problems["need"] = [_("Say why it is wanted: what doesn't work today?")]
    if category not in product_templates():
        problems["category"] = [_("Choose what kind of product it is.")]
    if problems:
        raise ValidationError(problems)


def _same(known: Procurement, district: Org, answers: dict[str, str]) -> Procurement:
    if known.org_id != district.pk or any(getattr(known, name) != value for name, value in answers.items()):
        raise ValidationError(USED_ALREADY)
    return known
