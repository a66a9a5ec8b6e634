"""Questions about a tip's files. Which rows there are is row security's answer."""

from django.db.models import QuerySet

from shelterbelt.tips.models import Attachment, Referral


def files() -> "QuerySet[Attachment]":
    """Files with their tips."""
    return Attachment.objects.select_related("tip")


def received_as(attachment: Attachment) -> set[str]:
    """As which classes of recipient whoever acts has this file's tip."""
    return set(_referrals(attachment).values_list("to", flat=True))


def receiving_org(attachment: Attachment) -> int | None:
    """The organisation through which whoever acts has this file's tip."""
    return _referrals(attachment).values_list("org_id", flat=True).first()


def _referrals(attachment: Attachment) -> "QuerySet[Referral]":
    found = Referral.objects.filter(tip_id=attachment.tip_id).exclude(state=Referral.State.WITHDRAWN).exclude(org=None)
    return found.order_by("at", "pk")
