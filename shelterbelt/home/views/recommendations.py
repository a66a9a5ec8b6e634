"""How far the state is with what the plan recommends to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.queries.tracker import by_area, steps_of, tracked
from shelterbelt.home.views.crumbs import ending, to_state
from shelterbelt.home.views.finding import state_of


@require_safe
@audience("state")
def recommendations(request: PersonRequest) -> HttpResponse:
    """Each recommendation to the state, with its step and what says so."""
    form, here = LookForm(request.GET, today=request.today), state_of(request.standing)
    look = form.look()
    found = tracked(look.measured(here), look, here)
    shown = {
        "form": form, "look": look, "state": here, "areas": by_area(found), "steps": steps_of(found),
        "crumbs": ending(to_state(request.standing, look), _("Recommendations")),
    }  # fmt: skip
    return render(request, "home/recommendations.html", shown)
