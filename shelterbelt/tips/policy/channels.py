"""Who may write down a phone tip, let a service hand tips in, and tell a school of a child."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import agencies_serving
from shelterbelt.tips.models import AgencyNotice, Tip

AT_SCHOOL = ("principal", "school_coordinator", "school_resource_officer", "district_coordinator", "superintendent")


def _at_desk(standing: Standing, state: Org | int) -> Refusal | None:
    if standing.holds("tip_analyst", "tip_supervisor", at=state):
        return None
    return Refusal(_("The tip desk does this."))


@policy("tips.enter")
def may_enter(standing: Standing, state: Org) -> Refusal | None:
    """Write down what a caller says."""
    return _at_desk(standing, state)


@policy("tips.complete")
def may_complete(standing: Standing, tip: Tip) -> Refusal | None:
    """Add to a phone tip what the caller goes on to say. What others wrote themselves stays as they wrote it."""
    if tip.channel != Tip.Channel.PHONE:
        return Refusal(_("The reporter wrote this one. Put what you know into a note."))
    if tip.state in {Tip.State.CLOSED, Tip.State.LINKED}:
        return Refusal(_("This tip is closed. Reopen it first."))
    return _at_desk(standing, tip.org_id)


@policy("tips.keep_sources")
def may_keep_sources(standing: Standing, state: Org) -> Refusal | None:
    """Let a service hand tips in, and end that."""
    if standing.holds("state_office", "tip_supervisor", at=state):
        return None
    return Refusal(_("The state office or the tip desk's supervisor does this."))


@policy("tips.give_notice")
def may_give_notice(standing: Standing, agency: Org, school: Org) -> Refusal | None:
    """Tell a school that a child should be handled with care."""
    if not standing.holds("agency_lead", "responder", at=agency):
        return Refusal(_("Police and other agencies give these notices, each in its own name."))
    if school.kind != Org.Kind.SCHOOL:
        return Refusal(_("A notice goes to a school. Choose the school."))
    if not agencies_serving(school, standing.today).filter(pk=agency.pk).exists():
        return Refusal(_("%(agency)s doesn't serve %(school)s.") % {"agency": agency, "school": school})
    return None


@policy("tips.acknowledge_notice")
def may_acknowledge_notice(standing: Standing, notice: AgencyNotice) -> Refusal | None:
    """Say that the school knows, and that somebody looks after the child."""
    if not standing.holds_over(*AT_SCHOOL, org=notice.school):
        return Refusal(_("Somebody of %(school)s acknowledges it.") % {"school": notice.school})
    if notice.withdrawn_at is not None:
        return Refusal(_("The agency took this notice back."))
    if notice.acknowledged_at is not None:
        return Refusal(_("This was acknowledged already."))
    return None


@policy("tips.withdraw_notice")
def may_withdraw_notice(standing: Standing, notice: AgencyNotice) -> Refusal | None:
    """Take back a notice that went to the wrong school or was a mistake."""
    if not standing.holds("agency_lead", "responder", at=notice.agency_id):
        return Refusal(_("The agency that gave it takes it back."))
    return Refusal(_("It was taken back already.")) if notice.withdrawn_at else None
