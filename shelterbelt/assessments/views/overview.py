"""What is due, and a school's assessments."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.models import Assessment
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.queries import assessment as queries
from shelterbelt.assessments.views.common import PAGE, crumbs, the_school
from shelterbelt.core.school_year import SchoolYear


@require_safe
@audience("signed_in")
def mine(request: PersonRequest) -> HttpResponse:
    """Where the schools within one's reach stand this year, what is owed first."""
    year = SchoolYear.of(request.today)
    reads = not request.standing.offices.isdisjoint(policy.READ)
    schools = list(queries.schools_within_reach(request.today)) if reads else []
    rows = queries.due_of(schools, year, request.today)
    if request.standing.is_state_office:
        note_reading("assessments.due", year.slug, org=None, reason="list of assessments")
    shown = {
        "year": year,
        "schools": schools,
        "open": sum(row.is_open for row in rows),
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "keeps": policy.keeps_assessments(request.standing),
        "walks": _walks_of(request),
        "publishes": policy.may_publish(request.standing) is None,
    }
    return render(request, "assessments/mine.html", shown)


def _walks_of(request: PersonRequest) -> list[Assessment]:
    """Walk-throughs under way of teams to which one belongs."""
    rows = Assessment.objects.filter(
        team__members__person=request.standing.person, status__in=("planned", "in_field"), method="template"
    )
    return list(rows.select_related("org").distinct().order_by("planned_on", "pk")[:20])


@require_safe
@audience("signed_in")
def school(request: PersonRequest, school_id: int) -> HttpResponse:
    """One school: this year's assessment, its teams, and those before."""
    place = the_school(school_id)
    require(policy.may_read(request.standing, place))
    if not request.standing.is_inside(place):
        note_reading("assessments.school", str(place.pk), org=place.pk, reason="list of assessments")
    year = SchoolYear.of(request.today)
    (stands,) = queries.due_of([place], year, request.today)
    shown = {
        "school": place,
        "year": year,
        "stands": stands,
        "teams": queries.teams_for(place, request.today).select_related("org").prefetch_related("members"),
        "page_obj": Paginator(queries.of_school(place), PAGE).get_page(request.GET.get("page")),
        "refusal": policy.may_plan(request.standing, place),
        "crumbs": crumbs(here=place),
    }
    return render(request, "assessments/school.html", shown)
