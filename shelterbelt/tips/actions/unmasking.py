"""Reads who a reporter is, if they left it: on a legal basis, asked for by one and agreed to by another."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import Standing
from shelterbelt.approvals.actions import needs_second
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.verbs import Asked
from shelterbelt.tips.actions import history
from shelterbelt.tips.models import Tip, UnmaskRequest
from shelterbelt.tips.policy.keeping import may_unmask
from shelterbelt.tips.sealing.opening import contact_of

OPEN_FOR = timedelta(hours=24)
"""How long a reporter's name may be read once it was agreed to; then it is asked for again."""


@transaction.atomic
def ask_to_unmask(*, tip: Tip, basis: str, reference: str, by: Standing, at: datetime) -> UnmaskRequest | Approval:
    """Ask for a second person's word. `reference` is a case or order number: it stands in the approval in clear."""
    require(may_unmask(by, tip))
    if basis not in UnmaskRequest.Basis.values:
        raise ValidationError({"basis": _("Choose the legal basis.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Give the number of the case, the order or the call.")})
    request = UnmaskRequest.objects.create(
        tip=tip, org_id=tip.org_id, basis=basis, reference=reference.strip(), asked_by=by.person, asked_at=at
    )
    history.write(tip, "ask_to_unmask", at=at, by=by.person, basis=basis)
    return allow_unmasking(request=request, by=by, at=at)


def _always_two(*, request: UnmaskRequest, **_more: Any) -> Asked:
    said = {"tip": request.tip.number, "basis": request.get_basis_display(), "reference": request.reference}
    thing = _("Read who reported tip %(tip)s. Basis: %(basis)s, %(reference)s") % said
    return Asked(request.org, thing)


@needs_second("tips.unmask", decided_by=("tip_supervisor",), when=_always_two)
@transaction.atomic
def allow_unmasking(*, request: UnmaskRequest, by: Standing, at: datetime) -> UnmaskRequest:
    """Agree. Tried as who asked, done as the second person."""
    require(may_unmask(by, request.tip))
    if request.agreed_at is not None:
        raise ValidationError(_("This was agreed to already."))
    request.agreed_at = at
    if by.person.pk != request.asked_by_id:  # the trial as who asked is undone; two_people_unmask holds for good
        request.agreed_by = by.person
    request.save(update_fields=["agreed_by", "agreed_at"])
    history.write(request.tip, "unmask", at=at, by=by.person, basis=request.basis)
    return request


@transaction.atomic
def read_reporter(*, request: UnmaskRequest, by: Standing, at: datetime) -> dict[str, str]:
    """The reporter's name and number, for the two who asked and agreed, within a day. Each reading is on record."""
    if request.agreed_by_id is None or request.agreed_at is None:
        raise PermissionDenied(_("Nobody has agreed to this yet."))
    if by.person.pk not in {request.asked_by_id, request.agreed_by_id}:
        raise PermissionDenied(_("Only the two who asked and agreed read it."))
    if at > request.agreed_at + OPEN_FOR:
        raise PermissionDenied(_("It was agreed to more than a day ago. Ask for it again if it is still needed."))
    if request.opened_at is None:
        request.opened_at = at
        request.save(update_fields=["opened_at"])
    history.write(request.tip, "read_reporter", at=at, by=by.person, basis=request.basis)
    note_reading("tips_tip.contact", str(request.tip_id), org=request.org_id, reason=f"unmask: {request.reference}")
    return contact_of(request.tip)
