"""The front page for everybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.strategy import current


@require_safe
@audience("public")
def front(request: PersonRequest) -> HttpResponse:
    """What the plan is, what is measured, and where to find help now."""
    plan = current()
    areas = [(area, plan.outputs_in(area.letter)) for area in plan.areas]
    return render(request, "home/front.html", {"plan": plan, "areas": areas})
