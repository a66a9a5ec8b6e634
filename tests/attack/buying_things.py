"""A purchase under way with an offer and a clause, one that is awarded, and what is shared of it, at each district."""

from datetime import date
from typing import TYPE_CHECKING

from shelterbelt.assessments.models import (
    Procurement,
    ProcurementClause,
    ProductEvaluation,
    ProductScore,
    SharedEvaluation,
)
from shelterbelt.people.models import Person

if TYPE_CHECKING:
    from tests.attack.world import Things

TODAY = date(2026, 11, 2)
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
    things.by_kind |= {
        "purchase": purchase,
        "awarded_purchase": awarded,
        "offer": open_offer,
        "judged_offer": judged_offer,
        "clause": ProcurementClause.objects.create(
            procurement=purchase, org=org, kind="exit", name=word, text=word, original=word
        ),
        "shared": SharedEvaluation.objects.create(
            org=org, evaluation=judged_offer, product="Shared lock", vendor="A vendor", template="locks",
            template_version=1, method="template", method_version=1, evaluated_on=TODAY, scores={},
            was_bought=False, shared_on=TODAY, shared_by=by,
        ),
    }  # fmt: skip
