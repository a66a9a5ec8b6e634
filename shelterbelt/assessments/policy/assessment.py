"""Who may do what with assessments. Which ones exist for somebody is row security's answer, not this file's."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.models import Assessment, Team, TeamMember
from shelterbelt.assessments.rules.states import UNDER_WAY, may_become
from shelterbelt.orgs.models import Org

KEEPERS = ("principal", "school_coordinator", "school_resource_officer", "district_coordinator", "superintendent")
"""Offices at a school, or at the district over it, that keep the school's assessments."""
ACCEPT = ("superintendent", "district_coordinator", "principal")
READ = (*KEEPERS, "state_office")
Status = Assessment.Status


def keeps_assessments(standing: Standing) -> bool:
    """Whether somebody keeps the assessments of any school."""
    return not standing.offices.isdisjoint(KEEPERS)


def _keeps(standing: Standing, org: Org) -> Refusal | None:
    if standing.holds_over(*KEEPERS, org=org):
        return None
    if standing.is_state_office:
        return Refusal(_("The state office reads assessments. The school and its district make them."))
    return Refusal(
        _("Only the principal, safety coordinator or resource officer of %(org)s, or its district, can do this.")
        % {"org": org}
    )


def _is_of_team(standing: Standing, team_id: int) -> bool:
    return TeamMember.objects.on(standing.today).filter(team=team_id, person=standing.person).exists()


@policy("assessments.read")
def may_read(standing: Standing, org: Org) -> Refusal | None:
    """Read a school's or district's assessments, which are closed: who keeps it safe, its district, the state."""
    if standing.holds_over(*READ, org=org):
        return None
    return Refusal(_("Assessments are closed records. They are for those who keep %(org)s safe.") % {"org": org})


@policy("assessments.read_one")
def may_read_one(standing: Standing, assessment: Assessment) -> Refusal | None:
    """Read one assessment; its team may as well."""
    if _is_of_team(standing, assessment.team_id):
        return None
    return may_read(standing, assessment.org)


@policy("assessments.form_team")
def may_form_team(standing: Standing, org: Org) -> Refusal | None:
    """Form a team of a school or district."""
    if org.kind not in {Org.Kind.SCHOOL, Org.Kind.DISTRICT}:
        return Refusal(_("A team belongs to a school or a district."))
    return _keeps(standing, org)


@policy("assessments.change_team")
def may_change_team(standing: Standing, team: Team) -> Refusal | None:
    """Add somebody to a team, or note that they left."""
    if team.ended_on is not None:
        return Refusal(_("This team was ended. Form a new one."))
    return _keeps(standing, team.org)


@policy("assessments.plan")
def may_plan(standing: Standing, org: Org) -> Refusal | None:
    """Plan an assessment of a school, or record one made by another method."""
    if org.kind != Org.Kind.SCHOOL:
        return Refusal(_("A school is what is assessed. Choose the school first."))
    return _keeps(standing, org)


@policy("assessments.walk")
def may_walk(standing: Standing, assessment: Assessment) -> Refusal | None:
    """Answer questions and take photographs."""
    if assessment.method != Assessment.Method.TEMPLATE:
        return Refusal(_("This one was made by another method. Its report says what was found."))
    if assessment.status not in UNDER_WAY:
        return Refusal(_("This assessment was submitted. Its answers stay as they are."))
    if _is_of_team(standing, assessment.team_id):
        return None
    return _keeps(standing, assessment.org)


@policy("assessments.submit")
def may_submit(standing: Standing, assessment: Assessment) -> Refusal | None:
    """Hand it in."""
    if not may_become(assessment.status, Status.SUBMITTED):
        return Refusal(_("This assessment was submitted already."))
    return _keeps(standing, assessment.org)


@policy("assessments.accept")
def may_accept(standing: Standing, assessment: Assessment) -> Refusal | None:
    """Accept it for the district, or give it back."""
    if assessment.status != Status.SUBMITTED:
        return Refusal(_("Only what was submitted can be accepted or given back."))
    if standing.holds_over(*ACCEPT, org=assessment.org):
        return None
    return Refusal(_("The superintendent, the district's coordinator or the principal accepts an assessment."))


@policy("assessments.close")
def may_close(standing: Standing, assessment: Assessment) -> Refusal | None:
    """Close it once its findings are on their way."""
    if not may_become(assessment.status, Status.CLOSED):
        return Refusal(_("Only an accepted assessment can be closed."))
    if standing.holds_over(*ACCEPT, org=assessment.org):
        return None
    return Refusal(_("The superintendent, the district's coordinator or the principal closes an assessment."))


@policy("assessments.cancel")
def may_cancel(standing: Standing, assessment: Assessment) -> Refusal | None:
    """Call it off."""
    if not may_become(assessment.status, Status.CANCELLED):
        return Refusal(_("Only an assessment that isn't submitted can be called off."))
    return _keeps(standing, assessment.org)


@policy("assessments.find")
def may_find(standing: Standing, assessment: Assessment) -> Refusal | None:
    """Write down its findings."""
    if assessment.submitted_on is None:
        return Refusal(_("Submit the assessment first. Then its findings are written down."))
    if assessment.status == Status.CLOSED:
        return Refusal(_("This assessment is closed."))
    return _keeps(standing, assessment.org)


@policy("assessments.publish")
def may_publish(standing: Standing) -> Refusal | None:
    """Publish a template for the whole state."""
    if standing.is_state_office:
        return None
    return Refusal(_("The state office publishes templates."))
