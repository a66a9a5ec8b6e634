"""The first page of a plan: what is in force, what is being written, what waits."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.orgs.models import Org
from shelterbelt.plans import actions, policy, queries, words
from shelterbelt.plans.models import Plan
from shelterbelt.plans.policy.sharing import may_see_shares
from shelterbelt.plans.rules.steps import STEPS
from shelterbelt.plans.views.common import crumbs, home_of, kind_fits, note_seen, strip_of, the_org


@require_safe
@audience("signed_in")
def school(request: PersonRequest, org_id: int) -> HttpResponse:
    """A school's plan."""
    return _overview(request, the_org(org_id), Org.Kind.SCHOOL)


@require_safe
@audience("signed_in")
def district(request: PersonRequest, org_id: int) -> HttpResponse:
    """A district's plan."""
    return _overview(request, the_org(org_id), Org.Kind.DISTRICT)


def _overview(request: PersonRequest, org: Org, kind: str) -> HttpResponse:
    kind_fits(org, kind)
    plan = queries.plan_of(org)
    if plan is None:
        return _not_begun(request, org)
    require(policy.may_read(request.standing, plan))
    note_seen(request, plan, "plan")
    shown = {"org": org, "plan": plan, "crumbs": crumbs(org), "in_force": queries.in_force_of(plan)}
    shown["sees_shares"] = may_see_shares(request.standing, plan) is None
    if policy.may_see_draft(request.standing, plan) is None:
        shown |= _writing(request, plan)
    return render(request, "plans/plan.html", shown)


def _writing(request: PersonRequest, plan: Plan) -> dict[str, object]:
    draft = queries.draft_of(plan)
    missing = queries.missing_of(plan, request.today)
    lacks = {name: [words.sentence(each) for each in missing if each.step == name] for name in STEPS}
    return {
        "sees_draft": True,
        "draft": draft,
        "strip": [each | {"lacks": lacks[str(each["step"])]} for each in strip_of(plan, "", missing)],
        "done": _("Complete"),
        "tasks": plan.tasks.open().first_due_first(),
        "versions": plan.versions.exclude(sha256="").latest_first()[:20],
        "refusal": policy.may_write(request.standing, plan),
        "no_review": policy.may_send_to_review(request.standing, draft),
        "no_adopt": policy.may_adopt(request.standing, draft),
        "no_call_off": policy.may_call_off_review(request.standing, draft),
    }


def _not_begun(request: PersonRequest, org: Org) -> HttpResponse:
    shown = {"org": org, "crumbs": crumbs(org), "refusal": policy.may_begin(request.standing, org)}
    return render(request, "plans/not_begun.html", shown)


@require_POST
@audience("signed_in")
@at_most(60, per="hour", of="plans")
def begin(request: PersonRequest, org_id: int) -> HttpResponse:
    """Begin the plan of a school or district."""
    org = the_org(org_id)
    try:
        actions.begin_plan(org=org, by=request.standing, at=clock.now())
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The plan is begun. First: who writes it together?"))
    return redirect(home_of(org))
