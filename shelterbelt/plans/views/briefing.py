"""Sessions in which staff heard what is new in the plan (D-O3)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.plans import queries
from shelterbelt.plans.actions.briefing import record_briefing, withdraw_briefing
from shelterbelt.plans.forms.evaluation import BriefingForm, WithdrawForm
from shelterbelt.plans.models import Briefing
from shelterbelt.plans.policy import may_read
from shelterbelt.plans.policy.evaluation import may_brief
from shelterbelt.plans.queries.evaluation import briefings_of, staff_known_at
from shelterbelt.plans.views.common import crumbs, telling
from shelterbelt.plans.views.evaluation import the_plan_of


@require_safe
@audience("signed_in")
def briefings(request: PersonRequest, org_id: int) -> HttpResponse:
    """The year's sessions, and what share of the staff they reached."""
    plan = the_plan_of(org_id)
    require(may_read(request.standing, plan))
    year = SchoolYear.of(request.today)
    found = list(briefings_of(plan, year))
    counted = [each for each in found if not each.withdrawn_because]
    staff = max((each.staff for each in counted), default=0)
    shown = {
        "org": plan.org,
        "year": year,
        "briefings": found,
        "share": 100 * sum(each.attended for each in counted) / staff if staff else None,
        "in_force": queries.in_force_of(plan),
        "refusal": may_brief(request.standing, plan),
        "crumbs": crumbs(plan.org, (_("Sessions for staff"), "")),
    }
    return render(request, "plans/evaluation/briefings.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def add(request: PersonRequest, org_id: int) -> HttpResponse:
    """Write down a session on the version in force."""
    plan = the_plan_of(org_id)
    require(may_brief(request.standing, plan))
    version = queries.in_force_of(plan)
    if version is None:
        messages.warning(request, _("No version is in force yet. Have the board adopt one; then tell the staff."))
        return redirect("evaluation:briefings", org_id)
    last = plan.briefings.order_by("-held_on").first()
    known = {"held_on": request.today, "staff": last.staff if last else None, "led_by": request.standing.person.name}
    form = BriefingForm(
        request.POST or None,
        people=staff_known_at(plan.org, request.today),
        initial=known,
    )
    if form.is_valid():
        with telling(form):
            record_briefing(version=version, by=request.standing, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("The session is kept."))
            return redirect("evaluation:briefings", org_id)
    here = _("Record a session")
    way = crumbs(plan.org, (_("Sessions for staff"), reverse("evaluation:briefings", args=[org_id])), (here, ""))
    shown = {"form": form, "org": plan.org, "crumbs": way, "heading": here, "verb": _("Record the session")}
    return render(request, "plans/evaluation/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def withdraw(request: PersonRequest, briefing_id: UUID) -> HttpResponse:
    """Take back a session that was a mistake."""
    found = get_object_or_404(Briefing.objects.select_related("plan__org"), pk=briefing_id)
    require(may_brief(request.standing, found.plan))
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with telling(form):
            withdraw_briefing(found, by=request.standing, **form.cleaned_data)
            messages.success(request, _("The session is taken back."))
            return redirect("evaluation:briefings", found.org_id)
    here = _("Take the session back?")
    back = (_("Sessions for staff"), reverse("evaluation:briefings", args=[found.org_id]))
    way = crumbs(found.plan.org, back, (here, ""))
    shown = {"form": form, "org": found.plan.org, "crumbs": way, "heading": here, "verb": _("Take it back")}
    return render(request, "plans/evaluation/form.html", shown, status=422 if form.errors else 200)
