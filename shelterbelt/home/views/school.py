"""A school's page: what it has to do this school year, how far it is, what comes next."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.core import clock
from shelterbelt.home.checklist_rules import Step
from shelterbelt.home.checklist_words import STEPS, Drawn
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.chains import chain_line
from shelterbelt.home.queries.checklist import Checklist, checklist
from shelterbelt.home.queries.due_next import due_next
from shelterbelt.home.views.crumbs import Crumbs, ending, to_state
from shelterbelt.home.views.finding import figures_for
from shelterbelt.home.views.reaching import reaches_district
from shelterbelt.measures.policy import may_see_organisation
from shelterbelt.orgs.models import Org


@require_safe
@audience("signed_in")
def school(request: PersonRequest, school_id: int) -> HttpResponse:
    """Every local recommendation with its state, next action and due day."""
    place = get_object_or_404(Org.objects.schools().select_related("state"), pk=school_id)
    require(may_see_organisation(request.standing, place))
    form = LookForm(request.GET, today=request.today)
    look = form.look()
    measured = figures_for(request, place, look)
    found = checklist(measured, request.standing, place, look)
    shown = {
        "form": form,
        "look": look,
        "school": place,
        "found": found,
        "is_over": look.year.ends_on < request.today,
        "crumbs": _crumbs(request.standing, look, place, found),
    }
    shown["call_chain"] = chain_line(request.standing, place, clock.now())
    if found is not None:
        shown |= {
            "next": due_next(found, request.standing, place, look),
            "summary": _summary(found.steps),
            "steps": STEPS,
            "total": len(found.lines),
        }
    return render(request, "home/school.html", shown)


def _summary(steps: Counter[Step]) -> list[tuple[Drawn, int]]:
    return [(drawn, steps[step]) for step, drawn in STEPS.items() if steps[step]]


def _crumbs(standing: Standing, look: Look, place: Org, found: Checklist | None) -> Crumbs:
    """The district above, for those who may open its page."""
    above = to_state(standing, look)
    if found is not None and found.district_id and reaches_district(standing, found.district_id):
        above = [*above, (found.district, f"{reverse('home:district', args=[found.district_id])}?{look.query}")]
    return ending(above, place.name)
