"""Designate somebody for a duty, and end it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.attestations import rules
from shelterbelt.attestations.models import Designation, Level
from shelterbelt.attestations.policy import may_designate
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.documents.models import Document
from shelterbelt.orgs.models import Org


@transaction.atomic
def designate(
    *,
    org: Org,
    duty: str,
    holder: str,
    from_on: date,
    by: Standing,
    order: str = "",
    document: Document | None = None,
) -> Designation:
    """Name who holds a duty from a day on. Whoever held it until then holds it up to that day."""
    require(may_designate(by, org))
    if duty not in rules.DUTIES[org.kind]:
        raise PermissionDenied(_("This duty doesn't exist at %(org)s.") % {"org": org})
    if not holder.strip():
        raise ValidationError({"holder": _("Say who is designated.")})
    one_at_a_time([f"designate {org.pk} {duty}"])
    _make_room(org, duty, from_on)
    return Designation.objects.create(
        org=org,
        duty=duty,
        holder=holder.strip(),
        order=order.strip(),
        from_on=from_on,
        level=Level.DOCUMENTED if document else Level.SELF_ATTESTED,
        document=document,
        made_by=by.person,
    )


def _make_room(org: Org, duty: str, from_on: date) -> None:
    holds_duty = Designation.objects.filter(org=org, duty=duty)
    later = holds_duty.filter(from_on__gte=from_on).order_by("from_on").first()
    if later is not None:
        raise ValidationError(
            {
                "from_on": _("%(holder)s is designated from %(day)s. Choose a later day.")
                % {"holder": later.holder, "day": date_format(later.from_on)}
            }
        )
    holds_duty.filter(until_on=None).update(until_on=from_on)
    ends_later = holds_duty.filter(until_on__gt=from_on).first()
    if ends_later is not None and ends_later.until_on is not None:
        raise ValidationError(
            {
                "from_on": _("%(holder)s is designated until %(day)s. Choose that day or a later one.")
                % {"holder": ends_later.holder, "day": date_format(ends_later.until_on)}
            }
        )


@transaction.atomic
def end_designation(*, designation: Designation, until_on: date, by: Standing) -> Designation:
    """End a duty: `until_on` is the first day on which nobody holds it by this designation."""
    require(may_designate(by, designation.org))
    one_at_a_time([f"designate {designation.org_id} {designation.duty}"])
    designation.refresh_from_db()
    if designation.until_on is not None:
        raise PermissionDenied(
            _("This designation ends on %(day)s already.") % {"day": date_format(designation.until_on)}
        )
    if until_on <= designation.from_on:
        raise ValidationError(
            {"until_on": _("It began on %(day)s. Choose a later day.") % {"day": date_format(designation.from_on)}}
        )
    designation.until_on = until_on
    designation.save(update_fields=["until_on"])
    return designation
