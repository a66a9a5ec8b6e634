"""Hazards: choose, rate, give an annex."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.plans import actions, policy
from shelterbelt.plans.forms.lists import ChooseHazardsForm, RatingForm
from shelterbelt.plans.models import Hazard
from shelterbelt.plans.views.common import telling, the_plan, writing_page


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def choose(request: PersonRequest, plan_id: int) -> HttpResponse:
    """Take more hazards into the plan."""
    plan = the_plan(plan_id)
    require(policy.may_write(request.standing, plan))
    there = set(plan.hazards.values_list("key", flat=True))
    form = ChooseHazardsForm(request.POST or None, there=there)
    if form.is_valid():
        with telling(form):
            actions.add_hazards(plan=plan, keys=form.cleaned_data["keys"], by=request.standing)
            if own := form.cleaned_data["own"]:
                actions.add_row(plan=plan, to="hazards", name=own, category="human", by=request.standing)
            return redirect("plans:step", plan.pk, "hazards")
    shown = writing_page(request, plan, "hazards", _("More hazards")) | {"form": form}
    return render(request, "plans/hazards_choose.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="plans", on={"POST"})
def rate(request: PersonRequest, hazard_id: int) -> HttpResponse:
    """Rate one hazard, and go on to the next that isn't rated."""
    hazard = the_hazard(hazard_id)
    require(policy.may_write(request.standing, hazard.plan))
    known = {name: getattr(hazard, name) for name in ("probability", "magnitude", "warning", "duration", "note")}
    form = RatingForm(request.POST or None, initial=known)
    if form.is_valid():
        rated = actions.rate_hazard(hazard=hazard, by=request.standing, **form.cleaned_data)
        said = {"name": rated.name, "priority": rated.priority, "score": rated.score}
        messages.success(request, _("%(name)s: %(priority)s priority, %(score)s of 4.") % said)
        following = hazard.plan.hazards.filter(priority="").order_by("name").first()
        return redirect("plans:rate", following.pk) if following else redirect("plans:step", hazard.plan_id, "hazards")
    shown = writing_page(request, hazard.plan, "hazards", hazard.name) | {"form": form, "hazard": hazard}
    return render(request, "plans/rate.html", shown, status=422 if form.errors else 200)


@require_POST
@audience("signed_in")
@at_most(600, per="hour", of="plans")
def annex(request: PersonRequest, hazard_id: int) -> HttpResponse:
    """Give a hazard an annex of its own."""
    hazard = the_hazard(hazard_id)
    section = actions.plan_for_hazard(hazard=hazard, by=request.standing)
    messages.success(request, _("There is an annex for it now. Say first what it is to achieve."))
    return redirect("plans:goals", section.pk)


def the_hazard(hazard_id: int) -> Hazard:
    """The hazard of an address, if it exists for whoever asks."""
    return get_object_or_404(Hazard.objects.select_related("plan__org"), pk=hazard_id)
