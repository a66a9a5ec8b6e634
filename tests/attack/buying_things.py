"""A purchase under way with an offer and a clause, one that is awarded, and what is shared of it, at each district."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from shelterbelt.assessments.models import (
    Procurement,
    ProcurementClause,
    ProcurementDocument,
    ProcurementFinding,
    ProductEvaluation,
    ProductScore,
    SharedEvaluation,
)
from shelterbelt.improvements.models import Finding
from shelterbelt.people.models import Person

if TYPE_CHECKING:
    from tests.attack.world import Things

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
METHOD = {"method": "template", "method_version": 1, "method_recognized": True, "method_chosen_on": TODAY}


def fill(things: "Things", by: Person, word: str) -> None:
    """Put them where what belongs to a district is looked for. What is shared, everybody may know."""
    org = things.org
    told = {"org": org, "title": word, "category": "locks", "need": word, "considered_on": TODAY, "considered_by": by}
    purchase = Procurement.objects.create(**told, **METHOD, status="method_chosen", funding_note=word)
    judged = Procurement.objects.create(**told, **METHOD, status="evaluated")
    awarded = Procurement.objects.create(**told, status="awarded", awarded_on=TODAY, vendor=word)
    offer = {"org": org, "vendor": word, "template": "locks", "template_version": 1, "begun_on": TODAY}
    open_offer = ProductEvaluation.objects.create(procurement=purchase, product=word, **offer)
    ProductScore.objects.create(evaluation=open_offer, org=org, criterion="fit", score=2, evidence=word)
    judged_offer = ProductEvaluation.objects.create(
        procurement=judged, product=word, summary=word, evaluated_on=TODAY, recorded_on=TODAY, **offer
    )
    ProcurementDocument.objects.create(procurement=purchase, org=org, document=things.document, kind="offer")
    ProcurementFinding.objects.create(procurement=purchase, org=org, finding=_found(things, by, word))
    shared = {
        "org": org, "evaluation": judged_offer, "template": "locks", "template_version": 1, "method": "template",
        "method_version": 1, "evaluated_on": TODAY, "scores": {}, "was_bought": False, "shared_on": TODAY,
        "shared_by": by,
    }  # fmt: skip
    SharedEvaluation.objects.create(**shared, product=word, vendor=word, summary=word, withdrawn_on=TODAY)
    things.by_kind |= {
        "purchase": purchase,
        "awarded_purchase": awarded,
        "offer": open_offer,
        "judged_offer": judged_offer,
        "clause": ProcurementClause.objects.create(
            procurement=purchase, org=org, kind="exit", name=word, text=word, original=word
        ),
        "shared": SharedEvaluation.objects.create(**shared, product="Shared lock", vendor="A vendor"),
    }


def _found(things: "Things", by: Person, word: str) -> Finding:
    """What the purchase is to mend."""
    return Finding.objects.create(
        org=things.org, source_kind="noticed", what=word, place=word, likelihood=2, impact=3, found_on=TODAY,
        found_by=by, recorded_at=NOW,
    )  # fmt: skip
