"""An agency's page: the schools it serves, the drills ahead there, and whom to call."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.home.policy import may_see_agency
from shelterbelt.home.queries.chains import chain_line
from shelterbelt.home.queries.served import drills_ahead_for, schools_served_by, with_coordinators
from shelterbelt.orgs.models import Org

PAGE = 50
DRILLS = 20


@require_safe
@audience("signed_in")
def agency(request: PersonRequest, agency_id: int) -> HttpResponse:
    """For police, fire and EMS."""
    place = get_object_or_404(Org, pk=agency_id, kind=Org.Kind.AGENCY)
    require(may_see_agency(request.standing, place))
    page = Paginator(schools_served_by(place, request.today), PAGE).get_page(request.GET.get("page"))
    shown = {
        "agency": place,
        "page_obj": page,
        "schools": with_coordinators(list(page), request.today),
        "drills": drills_ahead_for(place, request.today, DRILLS),
        "most": DRILLS,
    }
    shown["call_chain"] = chain_line(request.standing, place, clock.now())
    return render(request, "home/agency.html", shown)
