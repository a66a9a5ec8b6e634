"""The queue: what waits, gravest first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries import queue as queries
from shelterbelt.tips.rules import queue as rules

PAGE = 50


@require_safe
@audience("signed_in")
def queue(request: PersonRequest) -> HttpResponse:
    """Tips that need work, or those that a filter names."""
    require(desk.may_see_desk(request.standing))
    tips = queries.with_signs(queries.at_desks(desk.desks(request.standing)))
    found = queries.in_order(queries.chosen(tips, rules.Filter(), request.standing.person))
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "tips/desk/queue.html", {"page_obj": shown, "now": clock.now()})
