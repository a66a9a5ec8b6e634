"""A plan in force and what the school's agency holds of it; what its district keeps closed, and who asked for it."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from shelterbelt.disclosure.models import ClosureDetermination, RecordsRequest, RequestedRecord
from shelterbelt.people.models import Person
from shelterbelt.plans.models import Opening, Plan, Receipt, SeenPlan, Share, Version
from shelterbelt.plans.rules import freezing

if TYPE_CHECKING:
    from tests.attack.world import Things

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)


def fill(school: "Things", agency: "Things", by: Person, holder: Person, word: str) -> None:
    """Shared, acknowledged and opened."""
    version = _in_force(school, by, word)
    told: dict[str, Any] = {"org": school.org, "agency": agency.org}
    share = Share.objects.create(
        plan=version.plan, parts=["lockdown"], purpose=word, from_on=TODAY, shared_by=by, shared_at=NOW, **told
    )
    done = told | {"share": share, "version": version, "name": word}
    Receipt.objects.create(acknowledged_by=holder, acknowledged_at=NOW, **done)
    Opening.objects.create(person=holder, how="read", opened_at=NOW, **done)
    school.by_kind["share"] = agency.by_kind["share"] = share
    school.by_kind["seen"] = agency.by_kind["seen"] = SeenPlan(share=share, agency=agency.org, org=school.org)


def fill_district(district: "Things", by: Person, word: str) -> None:
    """What is closed, and a request."""
    held = ClosureDetermination.objects.create(
        org=district.org, records="emergency-plan", exemption="response-plans", citation=word, harm=word,
        interest=word, from_on=TODAY, decided_by=by, decided_at=NOW,
    )  # fmt: skip
    asked = RecordsRequest.objects.create(
        org=district.org, number=1, requester=word, contact=word, how="letter", asked=word, received_on=TODAY,
        due_on=date(2026, 11, 5), recorded_by=by, recorded_at=NOW,
    )  # fmt: skip
    part = RequestedRecord.objects.create(
        request=asked, org=district.org, records="emergency-plan", title=word, given="closed", determination=held
    )
    district.by_kind |= {"determination": held, "records_request": asked, "requested": part}


def _in_force(school: "Things", by: Person, word: str) -> Version:
    plan, _is_new = Plan.objects.get_or_create(org=school.org, defaults={"begun_at": NOW, "begun_by": by})
    standing = plan.versions.in_force().first()
    if standing is not None:
        return standing
    parts = [freezing.part("lockdown", "functional", word, f"<p>{word}</p>")]
    last = plan.versions.order_by("-number").first()
    return Version.objects.create(
        plan=plan, org=school.org, number=(last.number if last else 0) + 1, state="in_force", begun_on=TODAY,
        content=parts, sha256=freezing.digest(parts), frozen_at=NOW, adopted_on=TODAY, from_on=TODAY,
    )  # fmt: skip
