"""What is due, planned and held, for whoever asks."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills import policy, queries
from shelterbelt.drills.views.common import PAGE


@require_safe
@audience("signed_in")
def mine(request: PersonRequest) -> HttpResponse:
    """Schools and districts: what is due. Agencies: drills ahead. The state: what was held lately."""
    on, year = request.today, SchoolYear.of(request.today)
    schools = list(queries.schools_within_reach(on))
    shown = {"year": year, "schools": schools, "keeps": policy.keeps_drills(request.standing)}
    if schools:
        rows = Paginator(queries.agenda(schools, year, on), PAGE).get_page(request.GET.get("page"))
        shown["reporting"] = policy.reports_for(request.standing)
        return render(request, "drills/mine.html", {**shown, "page_obj": rows})
    if request.standing.is_responder:
        ahead = Paginator(queries.seen_ahead(on), PAGE).get_page(request.GET.get("page"))
        return render(request, "drills/ahead.html", {**shown, "page_obj": ahead})
    latest = Paginator(queries.latest(year, on), PAGE).get_page(request.GET.get("page"))
    return render(request, "drills/latest.html", {**shown, "page_obj": latest})
