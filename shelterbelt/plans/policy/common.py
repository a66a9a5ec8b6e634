"""Who keeps a plan, and who belongs to the place it is for."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Plan, Section

WRITERS = ("principal", "school_coordinator", "district_coordinator", "superintendent")
"""Offices at the school, or at the district over it, that write its plan."""
ADOPTERS = ("superintendent", "district_coordinator")
"""Offices that record what the board decided. A school without a district has no such office: its principal does."""
KINDS = frozenset({Org.Kind.SCHOOL, Org.Kind.DISTRICT})
"""Organisations that have a plan."""


def writes(standing: Standing, org: Org) -> bool:
    """Whether somebody keeps the plan of an organisation by office."""
    return org.kind in KINDS and standing.holds_over(*WRITERS, org=org)


def writes_any(standing: Standing) -> bool:
    """Whether somebody keeps any plan: a menu then offers it."""
    return not standing.offices.isdisjoint(WRITERS)


def is_on_the_team(standing: Standing, plan: Plan) -> bool:
    """Whether they work on it without an office that keeps it: on its team, or as the owner of a section."""
    if standing.acting_for is not None or not standing.is_inside(plan.org):
        return False
    person = standing.person
    return plan.team.filter(person=person).exists() or Section.objects.filter(plan=plan, owner=person).exists()


def not_theirs(standing: Standing, org: Org) -> Refusal:
    """Why somebody can't write a plan."""
    if standing.is_state_office:
        return Refusal(_("The state office reads emergency plans. Schools and districts write them."))
    if org.kind == Org.Kind.DISTRICT:
        return Refusal(_("The superintendent or the safety coordinator of %(org)s writes its plan.") % {"org": org})
    return Refusal(
        _("The principal or safety coordinator of %(org)s, or its district, writes its plan.") % {"org": org}
    )
