"""Where the state stands: every output of the plan on one page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.home import state_words as words
from shelterbelt.home.addresses import page_of
from shelterbelt.home.drawing import drawn
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.counties import CountyMap, county_map, is_mapped
from shelterbelt.home.queries.exported import axes_exported
from shelterbelt.home.queries.outputs import areas_at, total
from shelterbelt.home.queries.tracker import steps_of, tracked
from shelterbelt.home.views.finding import state_of
from shelterbelt.measures.measured import Measured
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current

MAPPED_FIRST = "D-O5"


@require_safe
@audience("state")
def state(request: PersonRequest) -> HttpResponse:
    """All outputs of a year, a map of one of them, and how far the state's own recommendations are."""
    form, here = LookForm(request.GET, today=request.today), state_of(request.standing)
    look = form.look()
    measured = look.measured(here)
    areas, placed = areas_at(measured, look, here, lambda _output: True), measured.placement(look.year)
    schools = int(placed.is_school.sum())
    shown_map = _map(request.GET.get("map", ""), measured, look, here)
    shown = {
        "form": form, "look": look, "state": here, "total": total(areas),
        "table": drawn("home/output_rows.html", areas=areas, query=look.query, year=look.year),
        "schools": schools, "districts": len(placed) - schools,
        "steps": steps_of(tracked(measured, look, here)),
        "axes": [(axis, words.axis_name(axis)) for axis in axes_exported(measured, look)],
        "mapped": [output for output in current().outputs if is_mapped(output)],
        "map": shown_map, "picture": shown_map and drawn("home/output_map.html", map=shown_map, state=settings.STATE),
    }  # fmt: skip
    return render(request, "home/state.html", shown)


def _map(key: str, measured: Measured, look: Look, here: Org) -> CountyMap | None:
    mapped = {output.id: output for output in current().outputs if is_mapped(output)}
    output = mapped.get(key) or mapped.get(MAPPED_FIRST) or next(iter(mapped.values()), None)
    page = f"{page_of('home:region')}?{look.query}"
    return county_map(measured, output, look.year, here, page) if output else None
