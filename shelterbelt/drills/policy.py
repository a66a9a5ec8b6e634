"""Who may do what with drills. Which drills exist for somebody is row security's answer, not this file's."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.drills import queries, rules
from shelterbelt.drills.models import Drill
from shelterbelt.orgs.models import Org

KEEPERS = ("principal", "school_coordinator", "school_resource_officer", "district_coordinator", "superintendent")
"""Offices at a school, or at the district over it, that keep the school's drills."""


def keeps_drills(standing: Standing) -> bool:
    """Whether somebody keeps the drills of any school: a list then offers what they can do."""
    return not standing.offices.isdisjoint(KEEPERS)


def reports_for(standing: Standing) -> list[Org]:
    """The districts that somebody reports incidents for: a list then offers it."""
    places = {holding.org.pk: holding.org for holding in standing.holdings}.values()
    return [org for org in places if may_submit_incident_report(standing, org) is None]


def _keeps(standing: Standing, school: Org) -> Refusal | None:
    if standing.holds_over(*KEEPERS, org=school):
        return None
    if standing.is_state_office:
        return Refusal(_("The state office reads drill records. The school and its district keep them."))
    if standing.is_responder:
        return Refusal(_("Agencies see the drills of the schools they serve. The school and its district keep them."))
    return Refusal(
        _("Only the principal, safety coordinator or resource officer of %(school)s, or its district, can do this.")
        % {"school": school}
    )


@policy("drills.record")
def may_record(standing: Standing, school: Org) -> Refusal | None:
    """Write down a drill that was held."""
    if school.kind != Org.Kind.SCHOOL:
        return Refusal(_("Drills belong to a school. Choose the school first."))
    return _keeps(standing, school)


@policy("drills.schedule")
def may_schedule(standing: Standing, school: Org) -> Refusal | None:
    """Plan a drill, or move it to another day."""
    return may_record(standing, school)


@policy("drills.report_incident")
def may_report_incident(standing: Standing, school: Org) -> Refusal | None:
    """Report a real incident or a credible threat."""
    return may_record(standing, school)


@policy("drills.reschedule")
def may_reschedule(standing: Standing, drill: Drill) -> Refusal | None:
    """Move a planned drill to another day."""
    if drill.status != Drill.Status.SCHEDULED:
        return Refusal(_("Only a drill that is still ahead can be moved to another day."))
    return _keeps(standing, drill.school)


@policy("drills.cancel")
def may_cancel(standing: Standing, drill: Drill) -> Refusal | None:
    """Call off a planned drill, or take back a record that was a mistake."""
    if drill.status == Drill.Status.CANCELLED or not rules.may_become(drill.status, Drill.Status.CANCELLED):
        return Refusal(_("This drill is cancelled already."))
    return _keeps(standing, drill.school)


@policy("drills.correct")
def may_correct(standing: Standing, drill: Drill) -> Refusal | None:
    """Record a planned drill as held, or correct what was recorded."""
    if not rules.may_become(drill.status, Drill.Status.HELD):
        return Refusal(_("This drill was cancelled. Record the one that was held as a new drill."))
    return _keeps(standing, drill.school)


@policy("drills.write_after_action")
def may_write_after_action(standing: Standing, drill: Drill) -> Refusal | None:
    """Write what was learned."""
    if drill.status != Drill.Status.HELD:
        return Refusal(_("What was learned can be written once the drill was held."))
    return _keeps(standing, drill.school)


@policy("drills.follow_up")
def may_follow_up(standing: Standing, drill: Drill) -> Refusal | None:
    """Add, change or close a corrective action."""
    return may_write_after_action(standing, drill)


@policy("drills.read_incident_reports")
def may_read_incident_reports(standing: Standing, district: Org) -> Refusal | None:
    """Read what a district reports to the state, before it is public there."""
    if standing.is_state_office or standing.holds_over("superintendent", "district_coordinator", org=district):
        return None
    return Refusal(_("The district's superintendent or safety coordinator reports incidents to the state."))


@policy("drills.submit_incident_report")
def may_submit_incident_report(standing: Standing, district: Org) -> Refusal | None:
    """Keep that a report was handed in."""
    if district.kind == Org.Kind.DISTRICT and standing.holds_over(
        "superintendent", "district_coordinator", org=district
    ):
        return None
    return Refusal(_("The district's superintendent or safety coordinator reports incidents to the state."))


@policy("drills.invite")
def may_invite(standing: Standing, drill: Drill) -> Refusal | None:
    """Invite agencies, and say which of them came."""
    if drill.status == Drill.Status.CANCELLED:
        return Refusal(_("This drill was cancelled, so nobody is invited."))
    if drill.nature != Drill.Nature.DRILL:
        return Refusal(_("Agencies are invited to drills, not to incidents."))
    return _keeps(standing, drill.school)


@policy("drills.attach")
def may_attach(standing: Standing, drill: Drill) -> Refusal | None:
    """Attach a file to the record."""
    if drill.status == Drill.Status.CANCELLED:
        return Refusal(_("This drill was cancelled, so there is no record to attach a file to."))
    return _keeps(standing, drill.school)


@policy("drills.read_learned")
def may_read_learned(standing: Standing, school: Org) -> Refusal | None:
    """Read what was learned, what is done about it, and incidents: for the school and those above it, not agencies."""
    if standing.is_state_office or queries.is_within_reach(school):
        return None
    return Refusal(_("What a school learned from a drill is for the school, its district and the state."))
