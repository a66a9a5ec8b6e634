"""Where a region or a county stands: its outputs and its districts."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.home import state_words as words
from shelterbelt.home.drawing import drawn
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.districts import districts_in, key_outputs
from shelterbelt.home.queries.outputs import areas_at, axis_of, total
from shelterbelt.home.views.crumbs import on_itself, to_org
from shelterbelt.home.views.finding import state_around
from shelterbelt.home.views.sorting import columns, sort_chosen
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.policy import counts_closed, may_see_figure, may_see_organisation
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output

PAGE = 50
DISTRICT_COLUMNS = (
    ("name", _("District"), False),
    ("schools", _("Schools"), True),
    ("reporting", _("Reported"), True),
    ("value", _("Met, of all outputs"), True),
)


@require_safe
@audience("signed_in")
def region(request: PersonRequest, org_id: int) -> HttpResponse:
    """A region's or county's outputs, and its districts with their key numbers."""
    here = get_object_or_404(
        Org.objects.select_related("state"), pk=org_id, kind__in=(Org.Kind.REGION, Org.Kind.COUNTY)
    )
    require(may_see_organisation(request.standing, here))
    form = LookForm(request.GET, today=request.today)
    look = form.look()
    measured = look.measured(state_around(here), closed=counts_closed(request.standing, here))
    shown = {
        "form": form,
        "look": look,
        "org": here,
        "kind": words.axis_name(axis_of(here)),
        "crumbs": on_itself(to_org(request.standing, look, here)),
        **_outputs(request, measured, look, here),
        **_districts(request, measured, look, here),
    }
    return render(request, "home/region.html", shown)


def _outputs(request: PersonRequest, measured: Measured, look: Look, here: Org) -> dict[str, Any]:
    def is_shown(output: Output) -> bool:
        return output.unit != "state" and may_see_figure(request.standing, output, here) is None

    areas = areas_at(measured, look, here, is_shown)
    table = drawn("home/output_rows.html", areas=areas, query=look.query, year=look.year, within=here.pk)
    return {"table": table, "total": total(areas)}


def _districts(request: PersonRequest, measured: Measured, look: Look, here: Org) -> dict[str, Any]:
    sort = sort_chosen(request.GET.get("sort", ""), DISTRICT_COLUMNS, "name")
    districts, placed = districts_in(measured, look, here, sort), measured.placement(look.year)
    return {
        "schools": int((placed.is_school & placed.inside(here)).sum()),
        "districts": len(districts),
        "columns": columns(DISTRICT_COLUMNS, sort, "districts"),
        "key_outputs": key_outputs(),
        "page_obj": Paginator(districts, PAGE).get_page(request.GET.get("page")),
    }
