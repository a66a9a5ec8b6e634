"""A district's page: its own outputs, and its schools as a matrix against the outputs asked of schools."""

import csv
import io
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import an_export
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.attestations.policy import may_attest_for_schools, may_remind_inside
from shelterbelt.core import clock
from shelterbelt.core.records import holds_records
from shelterbelt.core.text import defused
from shelterbelt.disclosure.policy import may_see_register
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.looking import Look
from shelterbelt.home.queries.chains import chain_line
from shelterbelt.home.queries.matrix import Column, Matrix, matrix_of, own_outputs
from shelterbelt.home.views.crumbs import on_itself, to_org
from shelterbelt.home.views.finding import figures_for
from shelterbelt.measures.policy import may_see_organisation
from shelterbelt.orgs.models import Org
from shelterbelt.ui.figures import status_words

PAGE = 100


@require_safe
@audience("signed_in")
def district(request: PersonRequest, district_id: int) -> HttpResponse:
    """Which school lacks what. That somebody read it is noted."""
    place = _the_district(request, district_id)
    form = LookForm(request.GET, today=request.today)
    look = form.look()
    measured = figures_for(request, place, look)
    matrix = matrix_of(measured, place, look)
    _note(place, look)
    shown = {
        "form": form,
        "look": look,
        "district": place,
        "crumbs": on_itself(to_org(request.standing, look, place)),
        "own": own_outputs(measured, request.standing, place, look),
        "matrix": matrix,
        "page_obj": Paginator(matrix.rows, PAGE).get_page(request.GET.get("page")),
        "by_output": _by_output(request.standing, place, matrix, look),
        "may_remind": may_remind_inside(request.standing, place) is None and look.day == request.today,
    }
    shown["may_see_records"] = may_see_register(request.standing, place) is None
    shown["call_chain"] = chain_line(request.standing, place, clock.now())
    return render(request, "home/district.html", shown)


@require_safe
@audience("signed_in")
@an_export
@holds_records("outputs")
def schools_csv(request: PersonRequest, district_id: int) -> HttpResponseBase:
    """The matrix as a file for a spreadsheet."""
    place = _the_district(request, district_id)
    look = LookForm(request.GET, today=request.today).look()
    matrix = matrix_of(figures_for(request, place, look), place, look)
    _note(place, look)
    name = f"{slugify(place.name)}-{look.year}-{look.day.isoformat()}.csv"
    text = io.StringIO()
    text.write("\ufeff")  # so that spreadsheets read it as UTF-8
    rows = csv.writer(text)
    rows.writerow([_("School"), *(f"{column.output.id} {column.output.title}" for column in matrix.columns)])
    for row in matrix.rows:
        rows.writerow([defused(row.name), *(status_words(cell.word) for cell in row.cells)])
    return download(
        request,
        text.getvalue().encode(),
        name=name,
        content_type="text/csv; charset=utf-8",
        still=lambda standing: may_see_organisation(standing, place) is None,
    )


def _the_district(request: PersonRequest, district_id: int) -> Org:
    place = get_object_or_404(Org.objects.districts().select_related("state"), pk=district_id)
    require(may_see_organisation(request.standing, place))
    return place


def _note(place: Org, look: Look) -> None:
    note_reading("home.district", look.year.slug, org=place.pk, reason=f"schools against outputs as of {look.day}")


def _by_output(standing: Standing, place: Org, matrix: Matrix, look: Look) -> list[dict[str, Any]]:
    """Each output with its figure, the lists behind it, and what can be done for all schools at once."""
    return [_row(standing, place, column, look) for column in matrix.columns]


def _row(standing: Standing, place: Org, column: Column, look: Look) -> dict[str, Any]:
    output = column.output
    lists = f"{reverse('home:units', args=[output.id])}?{look.query}&within={place.pk}&answer="
    attest = may_attest_for_schools(standing, place, output) is None
    address = [place.pk, output.id, look.year.slug]
    return {
        "column": column,
        "lists": lists,
        "page": f"{reverse('home:output', args=[output.id])}?{look.query}&within={place.pk}",
        "attest": reverse("attestations:attest_for_schools", args=address) if attest else "",
        "remind": reverse("attestations:remind", args=address),
    }
