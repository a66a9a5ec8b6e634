"""Give parts of a plan to an agency, take them back, and note that it has them."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.approvals.actions import needs_second
from shelterbelt.approvals.verbs import Asked
from shelterbelt.core.jobs import enqueue
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Opening, Plan, Receipt, SeenPlan, Share
from shelterbelt.plans.policy.common import WRITERS
from shelterbelt.plans.policy.sharing import may_acknowledge, may_read_shared, may_revoke, may_share_with
from shelterbelt.plans.queries.sharing import in_force_with_content, serves


def _two_if_outside(*, plan: Plan, agency: Org, parts: list[str], by: Standing, **_more: Any) -> Asked | None:
    if serves(agency, plan.org, by.today):
        return None
    said = {"agency": agency, "org": plan.org, "count": len(parts)}
    return Asked(plan.org, _("Share %(count)s parts of the emergency plan of %(org)s with %(agency)s") % said)


@needs_second("plans.share", decided_by=WRITERS, when=_two_if_outside)
@transaction.atomic
def share_plan(
    *, plan: Plan, agency: Org, parts: list[str], purpose: str, until_on: date | None, by: Standing, at: datetime
) -> Share:
    """Let an agency's people read these parts of the version in force, from today. What it held before ends."""
    require(may_share_with(by, plan, agency))
    chosen = _known_parts(plan, parts)
    if until_on is not None and until_on <= by.today:
        raise ValidationError({"until_on": _("Choose a day that is still ahead, or none.")})
    one_at_a_time([f"share plan {plan.pk} {agency.pk}"])
    _take_place_of(plan, agency, by, at)
    share = Share.objects.create(
        plan=plan,
        org=plan.org,
        agency=agency,
        parts=chosen,
        purpose=purpose.strip(),
        from_on=by.today,
        until_on=until_on,
        is_outside=not serves(agency, plan.org, by.today),
        shared_by=by.person,
        shared_at=at,
    )
    enqueue("plans.tell_agency", share=str(share.pk))
    return share


@transaction.atomic
def revoke_share(*, share: Share, because: str, by: Standing, at: datetime) -> None:
    """Take back what an agency holds: from this moment its people see nothing of it."""
    require(may_revoke(by, share))
    if not because.strip():
        raise ValidationError({"because": _("Say why it is taken back.")})
    mine = Share.objects.select_for_update(of=("self",)).select_related("plan__org").get(pk=share.pk)
    require(may_revoke(by, mine))
    _end(mine, because.strip(), by, at)


@transaction.atomic
def acknowledge(*, seen: SeenPlan, by: Standing, at: datetime) -> Receipt:
    """Note that the agency has the version in force. Said twice, it is said once."""
    require(may_acknowledge(by, seen))
    one_at_a_time([f"acknowledge {seen.share_id}"])
    said = Receipt.objects.filter(share=seen.share_id, version=seen.version_id).first()
    if said is not None:
        return said
    return Receipt.objects.create(**_of(seen), acknowledged_by=by.person, name=by.person.name, acknowledged_at=at)


def note_opening(*, seen: SeenPlan, how: str, by: Standing, at: datetime) -> None:
    """Note that somebody opened it: the school sees who and when."""
    require(may_read_shared(by, seen))
    Opening.objects.create(**_of(seen), person=by.person, name=by.person.name, how=how, opened_at=at)


def _of(seen: SeenPlan) -> dict[str, Any]:
    return {
        "share_id": seen.share_id,
        "version_id": seen.version_id,
        "org_id": seen.org_id,
        "agency_id": seen.agency_id,
    }


def _known_parts(plan: Plan, parts: list[str]) -> list[str]:
    version = in_force_with_content(plan)
    known = [part["key"] for part in (version.parts if version else [])]
    chosen = [key for key in known if key in parts]
    if not chosen:
        raise ValidationError({"parts": _("Choose at least one part.")})
    if set(parts) - set(known):
        raise ValidationError({"parts": _("A part you chose is not in the version in force. Choose again.")})
    return chosen


def _take_place_of(plan: Plan, agency: Org, by: Standing, at: datetime) -> None:
    before = Share.objects.standing().filter(plan=plan, agency=agency).first()
    if before is not None:
        _end(before, _("Other parts were shared in its place."), by, at)


def _end(share: Share, because: str, by: Standing, at: datetime) -> None:
    share.revoked_at, share.revoked_by, share.revoked_because = at, by.person, because
    share.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
