"""An agency's workspace: the schools it serves with their plans, the drills ahead there, and whom to call."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.home.forms.find_school import FindSchoolForm
from shelterbelt.home.policy import may_see_agency
from shelterbelt.home.queries.chains import chain_line
from shelterbelt.home.queries.responding import InCounty, workspace
from shelterbelt.home.queries.served import drills_ahead_for, with_coordinators
from shelterbelt.orgs.models import Org
from shelterbelt.people.rules import OFFICES

PAGE = 50
DRILLS = 20
FEW = 6
"""Up to so many schools nobody looks for one."""
RECEIVERS = tuple(office for office, rule in OFFICES.items() if rule.at == ("agency",))


@require_safe
@audience("signed_in")
def agency(request: PersonRequest, agency_id: int) -> HttpResponse:
    """For police, fire and EMS."""
    place = get_object_or_404(Org, pk=agency_id, kind=Org.Kind.AGENCY)
    require(may_see_agency(request.standing, place))
    all_of_it = workspace(place, request.today)
    form = FindSchoolForm(request.GET, counties=all_of_it.counties)
    asked = form.cleaned_data if form.is_valid() else {}
    found = all_of_it.found(asked.get("name", ""), asked.get("county", ""), asked.get("plan", ""))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    schools = with_coordinators([each.org for each in page], request.today)
    shown = {
        "agency": place,
        "work": all_of_it,
        "form": form,
        "is_looking": any(asked.values()),
        "may_find": len(all_of_it.places) > FEW,
        "page_obj": page,
        "schools": schools,
        "rows": list(zip(schools, page, strict=True)),
        "drills": drills_ahead_for(place, request.today, DRILLS),
        "most": DRILLS,
        # What is shared is shown to the agency's own people, not to those who only look after its page.
        "reads_plans": request.standing.holds(*RECEIVERS, at=place),
        "map": _map(place, all_of_it.counties),
        "state": settings.STATE,
    }
    shown["call_chain"] = chain_line(request.standing, place, clock.now())
    return render(request, "home/agency.html", shown)


def _map(place: Org, counties: tuple[InCounty, ...]) -> dict[str, dict[str, object]]:
    """What {% county_map %} is given: only for counties whose number is known."""
    known = [each for each in counties if each.code]
    page = reverse("home:agency", args=[place.pk])
    said = _("%(current)s of %(schools)s schools")
    return {
        "values": {each.code: each.share for each in known},
        "texts": {each.code: said % {"current": each.current, "schools": each.schools} for each in known},
        "links": {each.code: f"{page}?county={each.org.pk}#schools" for each in known},
    }
