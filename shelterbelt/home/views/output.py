"""One output of the plan: what it means, where it stands, and who is behind the number."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.home import state_words as words
from shelterbelt.home.drawing import drawn
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.counties import county_map
from shelterbelt.home.queries.groups import axes_for, groups_along, in_order
from shelterbelt.home.queries.outputs import Row, row_at
from shelterbelt.home.queries.units import names_of_places, units_with
from shelterbelt.home.queries.years import lines_at, years_at
from shelterbelt.home.views.crumbs import ending, on_itself, to_output
from shelterbelt.home.views.finding import group_named, output_named, state_around
from shelterbelt.home.views.sorting import columns, sort_chosen
from shelterbelt.home.why_words import thresholds_of
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.policy import counts_closed, may_list_units, may_see_figure
from shelterbelt.measures.rules import Answer
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Output

PAGE = 50
GROUP_COLUMNS = (
    ("name", gettext_lazy("Name"), False),
    ("value", gettext_lazy("Value"), False),
    ("lacking", gettext_lazy("Still to do"), True),
    ("units", gettext_lazy("Of"), True),
    ("reporting", gettext_lazy("Reported"), True),
    ("verified", gettext_lazy("Verified"), True),
)


@require_safe
@audience("signed_in")
def output(request: PersonRequest, output_id: str) -> HttpResponseBase:
    """An output for the state, or inside a region, county or district (`within`)."""
    out, key = output_named(output_id), request.GET.get("within", "")
    home = request.standing.home
    if not key and home and home.kind == Org.Kind.SCHOOL:
        return redirect("home:why", home.pk, out.id)
    here = group_named(key, request.standing)
    require(may_see_figure(request.standing, out, here))
    form = LookForm(request.GET, today=request.today)
    look = form.look()
    measured = look.measured(state_around(here), closed=counts_closed(request.standing, here))
    shown = {
        "form": form,
        "kept": [("within", here.pk), ("axis", request.GET.get("axis", ""))],
        "look": look,
        "output": out,
        "org": here,
        "crumbs": on_itself(to_output(request.standing, look, here, out)),
        **_figures(request, measured, look, out, here),
        **_about(out, look),
        **_groups(request, measured, look, out, here),
    }
    return render(request, "home/output.html", shown)


def _figures(request: PersonRequest, measured: Measured, look: Look, out: Output, here: Org) -> dict[str, Any]:
    row = row_at(measured, look, here, out)
    return {
        "row": row,
        "answers": _answers(request, row, look, here),
        "years": years_at(measured, look, here, out),
        "lines": lines_at(measured, look, here, out),
        "unit": row.unit,
    }


def _about(out: Output, look: Look) -> dict[str, Any]:
    """What the plan says of it."""
    plan = current()
    return {
        "area": plan.area(out.area),
        "recommendations": plan.recommendations_for(out.id),
        "crosswalk": plan.crosswalk_for(out.id, look.day),
        "thresholds": thresholds_of(out),
    }


def _answers(request: PersonRequest, row: Row, look: Look, here: Org) -> list[tuple[str, int, str]]:
    """Each answer, how many gave it, and the address of their list, if the reader may open it."""
    if row.figure is None or row.output.kind != "percentage":
        return []
    counts = zip(words.ANSWERS, row.figure, strict=False)
    listed = may_list_units(request.standing, row.output, here) is None
    address = f"{reverse('home:units', args=[row.output.id])}?{look.query}&within={here.pk}&answer="
    return [(word, many, f"{address}{word}" if listed and many else "") for word, many in counts]


def _groups(request: PersonRequest, measured: Measured, look: Look, out: Output, here: Org) -> dict[str, Any]:
    """The roll-up along the chosen axis, a page of it."""
    axes = axes_for(measured, out, look.year, here)
    if not axes:
        return {"axes": []}
    axis = request.GET.get("axis", "")
    axis = axis if axis in axes else axes[0]
    sort = sort_chosen(request.GET.get("sort", ""), GROUP_COLUMNS, "value")
    groups = in_order(groups_along(measured, out, look.year, axis, here), sort)
    mapped = axis == "county" and here.kind == Org.Kind.STATE
    return {
        "axes": [(each, words.axis_name(each)) for each in axes],
        "axis": axis,
        "axis_name": words.axis_name(axis),
        "columns": columns(GROUP_COLUMNS, sort, "by"),
        "page_obj": Paginator(groups, PAGE).get_page(request.GET.get("page")),
        "picture": _map(measured, look, out, here) if mapped else "",
    }


def _map(measured: Measured, look: Look, out: Output, here: Org) -> str:
    page = f"{reverse('home:output', args=[out.id])}?{look.query}&within={{}}"
    found = county_map(measured, out, look.year, here, page)
    return drawn("home/output_map.html", map=found, state=settings.STATE)


@require_safe
@audience("signed_in")
def units(request: PersonRequest, output_id: str) -> HttpResponse:
    """The units that gave one answer. That somebody read such a list is noted."""
    out, here = output_named(output_id), group_named(request.GET.get("within", ""), request.standing)
    answer = _answer_named(request.GET.get("answer", "not_met"))
    if out.kind != "percentage":
        raise Http404(_("Nothing is listed behind this output."))
    require(may_list_units(request.standing, out, here))
    look = LookForm(request.GET, today=request.today).look()
    measured = look.measured(state_around(here), closed=counts_closed(request.standing, here))
    found = units_with(measured, out, look.year, answer, here)
    note_reading(
        "home.units", f"{out.id} {look.year} {answer.word}", org=here.pk, reason=f"list of units as of {look.day}"
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    places = names_of_places(list(page))
    shown = {
        "look": look,
        "output": out,
        "org": here,
        "crumbs": ending(to_output(request.standing, look, here, out), str(words.ANSWERS[answer.word])),
        "heading": _heading(out, answer),
        "answer": answer.word,
        "answers": words.ANSWERS.items(),
        "page_obj": page,
        "rows": [(unit, places.get(unit.place, "")) for unit in page],
    }
    return render(request, "home/output_units.html", shown)


def _answer_named(word: str) -> Answer:
    for answer in Answer:
        if answer.word == word:
            return answer
    raise Http404(_("There is no such answer."))


def _heading(out: Output, answer: Answer) -> str:
    told = {"unit": words.UNITS[out.unit]}
    return {
        Answer.MET: _("Which %(unit)s meet it?"),
        Answer.NOT_MET: _("Which %(unit)s do not meet it?"),
        Answer.NOT_REPORTED: _("Which %(unit)s have not reported?"),
        Answer.NOT_APPLICABLE: _("To which %(unit)s does it not apply?"),
    }[answer] % told
