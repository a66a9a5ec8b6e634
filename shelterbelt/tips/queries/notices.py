"""Notices of agencies, for whoever gives and whoever receives them."""

from datetime import date

from django.db.models import Q, QuerySet

from shelterbelt.orgs.models import Jurisdiction, Membership, Org
from shelterbelt.tips.models import AgencyNotice


def notices() -> QuerySet[AgencyNotice]:
    """Those that whoever acts may see: of their school or district, of their agency, or all at the desk."""
    return AgencyNotice.objects.select_related("school", "agency", "acknowledged_by").order_by("-given_at")


def schools_served(agency: Org, on: date) -> QuerySet[Org]:
    """Open schools that an agency serves, directly or through their district or county."""
    held = Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    served = Jurisdiction.objects.filter(held, agency=agency).values_list("org_id", flat=True)
    districts = Membership.objects.filter(held, group__in=served).values_list("member_id", flat=True)
    beyond = Membership.objects.filter(held, group__in=districts).values_list("member_id", flat=True)
    reached = Q(pk__in=served) | Q(pk__in=districts) | Q(pk__in=beyond)
    return Org.objects.schools().open_on(on).filter(reached).order_by("name")
