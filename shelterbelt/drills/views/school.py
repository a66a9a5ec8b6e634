"""A school's drills of a year, and planning the next one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.drills import policy, queries, rules
from shelterbelt.drills.actions import schedule_drill
from shelterbelt.drills.forms import ScheduleForm
from shelterbelt.drills.readings import note_year
from shelterbelt.drills.views.common import PAGE, tell, the_school, the_year
from shelterbelt.orgs.models import Org


@require_safe
@audience("signed_in")
def school(request: PersonRequest, school_id: int) -> HttpResponse:
    """What the rules ask of the school this year, how far it is, and every drill."""
    place, year = the_school(school_id), the_year(request)
    if policy.may_read_learned(request.standing, place) is not None:
        return _for_agencies(request, place, year)
    note_year(request.standing, place, year)
    on = year.last_day_by(request.today)
    drills = queries.drills_of(place, year, request.today)
    return render(
        request,
        "drills/school.html",
        {
            "school": place,
            "year": year,
            "is_past": year.ends_on < request.today,
            "years": [year - 1, year + 1] if year < SchoolYear.of(request.today) + 1 else [year - 1],
            "dues": queries.requirements_for(place, year, on),
            "two_drills": queries.two_drills(place, year, request.today),
            "page_obj": Paginator(drills, PAGE).get_page(request.GET.get("page")),
            "refusal": policy.may_record(request.standing, place),
        },
    )


def _for_agencies(request: PersonRequest, place: Org, year: SchoolYear) -> HttpResponse:
    """An agency sees when and what at a school it serves; for everybody else there is no such page."""
    if not queries.is_served(place):
        raise Http404
    note_year(request.standing, place, year)
    drills = Paginator(queries.seen_of(place, year, request.today), PAGE).get_page(request.GET.get("page"))
    return render(request, "drills/school_for_agencies.html", {"school": place, "year": year, "page_obj": drills})


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def schedule(request: PersonRequest, school_id: int) -> HttpResponse:
    """Choose a day for a drill."""
    place = the_school(school_id)
    require(policy.may_schedule(request.standing, place))
    asked = {name: request.GET.get(name, "") for name in ("kind", "requirement")}
    if asked["kind"] in rules.KINDS:
        asked["plan_part"] = rules.KINDS[asked["kind"]].usual_part
    form = ScheduleForm(request.POST or None, initial=asked)
    if form.is_valid():
        try:
            planned = schedule_drill(school=place, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The drill is planned. Invite the agencies you want there."))
            return redirect("drills:drill", planned.pk)
    return render(request, "drills/schedule.html", {"form": form, "school": place}, status=422 if form.errors else 200)
