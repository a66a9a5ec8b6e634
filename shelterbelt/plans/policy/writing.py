"""Who may write plans, and when nobody may."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Plan, ReviewTask, Section, Version
from shelterbelt.plans.policy.common import KINDS, not_theirs, writes


def in_review(plan: Plan) -> Refusal | None:
    """The sentence that stops everybody while a version is being adopted."""
    if plan.versions.filter(state=Version.State.IN_REVIEW).exists():
        return Refusal(
            _(
                "This plan is in review: what the board adopts is what was reviewed, so nothing changes now. "
                "Call the review off to go on writing. What you typed is still on this page."
            )
        )
    return None


@policy("plans.begin")
def may_begin(standing: Standing, org: Org) -> Refusal | None:
    """Begin the plan of a school or district."""
    if org.kind not in KINDS:
        return Refusal(_("Schools and districts have emergency plans; this is neither."))
    return None if writes(standing, org) else not_theirs(standing, org)


@policy("plans.write")
def may_write(standing: Standing, plan: Plan) -> Refusal | None:
    """Change what the plan lists: team, hazards, goals, courses of action, contacts, roles, places, its sections."""
    if not writes(standing, plan.org):
        return not_theirs(standing, plan.org)
    return in_review(plan)


@policy("plans.write_section")
def may_write_section(standing: Standing, section: Section) -> Refusal | None:
    """Write a section: whoever keeps the plan, and the section's owner."""
    owns = section.owner_id == standing.person.pk and standing.acting_for is None
    if not (owns and standing.is_inside(section.plan.org)) and not writes(standing, section.plan.org):
        return not_theirs(standing, section.plan.org)
    return in_review(section.plan)


@policy("plans.send_to_schools")
def may_send_to_schools(standing: Standing, section: Section) -> Refusal | None:
    """Offer a district's text to its schools."""
    if section.plan.org.kind != Org.Kind.DISTRICT:
        return Refusal(_("Only a district's parts are inherited by schools."))
    if not section.revision:
        return Refusal(_("Nothing is written here yet."))
    if section.sent is not None and section.sent.number == section.revision:
        return Refusal(_("The schools have this text already."))
    return None if writes(standing, section.plan.org) else not_theirs(standing, section.plan.org)


@policy("plans.settle_task")
def may_settle(standing: Standing, task: ReviewTask) -> Refusal | None:
    """Take over a district's change, keep one's own, or say that something was looked at."""
    if task.done_at is not None:
        return Refusal(_("This was settled already."))
    if not writes(standing, task.plan.org):
        return not_theirs(standing, task.plan.org)
    return in_review(task.plan) if task.kind == ReviewTask.Kind.DISTRICT_CHANGE else None


@policy("plans.attest")
def may_attest(standing: Standing, plan: Plan) -> Refusal | None:
    """Confirm at the start of a school year that the plan holds."""
    return None if writes(standing, plan.org) else not_theirs(standing, plan.org)
