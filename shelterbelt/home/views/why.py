"""Why a number is what it is, for one school, one district or the state."""

from typing import Any

from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.drills.queries import two_drills
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.looking import Look
from shelterbelt.home.queries import reasons
from shelterbelt.home.queries.reasons import Reason
from shelterbelt.home.queries.starting import page_of
from shelterbelt.home.views.crumbs import Crumbs, ending, to_state
from shelterbelt.home.views.finding import figures_for, output_named
from shelterbelt.home.views.reaching import reaches_district
from shelterbelt.home.why_words import thresholds_of
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.policy import may_see_figure, may_see_organisation
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Output


@require_safe
@audience("signed_in")
def why(request: PersonRequest, org_id: int, output_id: str) -> HttpResponseBase:
    """The answer, the records behind it, what is missing, and the button that does the next thing."""
    org = get_object_or_404(Org.objects.select_related("state").exclude(kind=Org.Kind.AGENCY), pk=org_id)
    output = output_named(output_id)
    # A school is told that the state counts this output; the number itself isn't on its page.
    is_told = output.unit == "state" and org.kind == Org.Kind.SCHOOL
    require(may_see_organisation(request.standing, org) if is_told else may_see_figure(request.standing, output, org))
    form = LookForm(request.GET, today=request.today)
    look = form.look()
    if _is_group(output, org):
        return HttpResponseRedirect(f"{reverse('home:output', args=[output.id])}?{look.query}&within={org.pk}")
    measured = figures_for(request, org, look)
    shown = {
        "form": form,
        "look": look,
        "org": org,
        "output": output,
        "crumbs": _crumbs(request.standing, look, org, output),
        **_reason(request.standing, measured, output, org, look),
        **_about(output, org, look),
    }
    return render(request, "home/why.html", shown)


def _is_group(output: Output, org: Org) -> bool:
    """A figure over many units has its own page."""
    if org.kind == Org.Kind.SCHOOL or reasons.is_unit(output, org):
        return False
    return not (output.kind == "count" and org.kind == Org.Kind.STATE)


def _reason(standing: Standing, measured: Measured, output: Output, org: Org, look: Look) -> dict[str, Any]:
    """Whose answer it is, and the reason; `reason` is None where the unit wasn't there on the day."""
    if reasons.is_unit(output, org):
        own = reasons.own_reason(measured, standing, output, org, look)
        explained = two_drills(org, look.year, look.day) if output.id == "D-O5" and own else None
        return {"whose": "own", "reason": own, "two_drills": explained}
    if output.unit == "district":
        return _of_district(standing, reasons.district_reason(measured, output, org, look), output, look)
    if output.unit == "person":
        return {"whose": "people", "reason": reasons.people_reason(measured, standing, output, org, look)}
    if org.kind == Org.Kind.STATE:
        return {"whose": "number", "reason": reasons.counted_reason(measured, standing, output, org, look)}
    return {"whose": "state", "reason": Reason()}


def _of_district(standing: Standing, found: tuple[Reason, int] | None, output: Output, look: Look) -> dict[str, Any]:
    if found is None:
        return {"whose": "district", "reason": None}
    reason, district = found
    address = ""
    if district and reaches_district(standing, district):
        address = f"{reverse('home:why', args=[district, output.id])}?{look.query}"
    return {"whose": "district", "reason": reason, "district": district, "district_address": address}


def _about(output: Output, org: Org, look: Look) -> dict[str, Any]:
    """What the plan and the law say of it."""
    plan = current()
    level = "state" if org.kind == Org.Kind.STATE else "local"
    return {
        "area": plan.area(output.area),
        "recommendations": [each for each in plan.recommendations_for(output.id) if each.level == level],
        "crosswalk": plan.crosswalk_for(output.id, look.day),
        "resources": plan.resources_for(output.area),
        "thresholds": thresholds_of(output),
    }


def _crumbs(standing: Standing, look: Look, org: Org, output: Output) -> Crumbs:
    if org.kind == Org.Kind.STATE:
        return ending(to_state(standing, look), _("%(output)s, why") % {"output": output.id})
    page = page_of(org)
    return ending([*to_state(standing, look), (org.name, f"{page}?{look.query}")] if page else [], output.id)
