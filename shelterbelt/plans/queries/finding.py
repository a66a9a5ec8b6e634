"""Finds a plan and its versions."""

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shelterbelt.access.standing import OWN_KINDS, Standing
from shelterbelt.orgs.models import Membership, Org
from shelterbelt.orgs.queries import district_of
from shelterbelt.plans.models import Plan, ReviewTask, Version


def with_org() -> QuerySet[Plan]:
    """Plans with whose they are."""
    return Plan.objects.select_related("org")


def plan_of(org: Org) -> Plan | None:
    """The plan of an organisation, as far as whoever acts may know of it."""
    return with_org().filter(org=org).first()


def plan_of_district(school: Org, on: date) -> Plan | None:
    """The plan that a school inherits; none for a district."""
    if school.kind != Org.Kind.SCHOOL:
        return None
    district = district_of(school, on)
    return plan_of(district) if district else None


def draft_of(plan: Plan) -> Version:
    """The version that is being written, or in review: there is always one."""
    return plan.versions.get(state__in=[Version.State.DRAFT, Version.State.IN_REVIEW])


def in_force_of(plan: Plan) -> Version | None:
    """The version that holds now."""
    return plan.versions.in_force().first()


def plan_in_force(org: Org, *, on: date) -> Version | None:
    """The version that held at an organisation on a day."""
    held = Q(until_on=None, state=Version.State.IN_FORCE) | Q(until_on__gt=on)
    return Version.objects.filter(held, org=org, from_on__lte=on).select_related("plan__org").latest_first().first()


def plans_to_keep(standing: Standing) -> QuerySet[Org]:
    """The schools and districts within somebody's own reach, with how far their plans are; row security picks them."""
    mine = [holding.org.pk for holding in standing.holdings if holding.org.kind in OWN_KINDS]
    schools = Membership.objects.filter(group__in=mine, axis=Membership.DISTRICT, from_on__lte=standing.today)
    held = schools.filter(Q(until_on=None) | Q(until_on__gt=standing.today))
    versions = Version.objects.filter(org=OuterRef("pk"), state=Version.State.IN_FORCE)
    open_tasks = ReviewTask.objects.open().filter(org=OuterRef("pk")).values("org").annotate(many=Count("pk"))
    places = Org.objects.filter(Q(pk__in=mine) | Q(pk__in=held.values("member"))).open_on(standing.today)
    return places.annotate(
        plan_id=Subquery(Plan.objects.filter(org=OuterRef("pk")).values("pk")),
        in_force_on=Subquery(versions.values("from_on")),
        in_force_number=Subquery(versions.values("number")),
        tasks=Coalesce(Subquery(open_tasks.values("many")), 0),
    ).order_by("kind", "name", "pk")
