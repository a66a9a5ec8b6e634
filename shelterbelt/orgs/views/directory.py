"""Find an organisation, and everything the directory says about it."""

import csv
import io
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download, whole
from shelterbelt.access.limits import an_export
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.records import holds_records
from shelterbelt.core.text import defused
from shelterbelt.orgs.finding import Line, find, lines
from shelterbelt.orgs.forms import SearchForm
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.profile_page import OrgPage
from shelterbelt.orgs.queries import state_with_code

A_PAGE = 50
A_BATCH = 500
MOST_EXPORTED = 20_000


@require_safe
@audience("signed_in")
def search(request: PersonRequest) -> HttpResponse:
    """Schools, districts, agencies and more, by name, code or city."""
    form = SearchForm(request.GET, state=state_with_code(settings.STATE))
    wanted = form.wanted()
    page = Paginator(find(wanted, request.today), A_PAGE).get_page(request.GET.get("page"))
    inside = Org.objects.filter(pk=wanted.district).first() if wanted.district else None
    shown = {"form": form, "page_obj": page, "lines": lines(page.object_list, request.today), "inside": inside}
    return render(request, "orgs/search.html", shown)


@require_safe
@audience("signed_in")
@an_export
@holds_records("directory")
def search_export(request: PersonRequest, form: str) -> HttpResponseBase:
    """The whole result of a search as a table."""
    wanted = SearchForm(request.GET, state=state_with_code(settings.STATE)).wanted()
    found = find(wanted, request.today)[:MOST_EXPORTED]
    rows = _table(list(found), request)
    if form not in {"csv", "xlsx"}:
        raise Http404(_("A search is exported as csv or xlsx."))
    content, kind = (_csv if form == "csv" else _xlsx)(rows)
    # The directory is for everybody who signed in: only the session's end stops it.
    return download(request, content, name=f"directory.{form}", content_type=kind, still=lambda _standing: True)


@require_safe
@audience("signed_in")
def org(request: PersonRequest, org_id: int) -> HttpResponse:
    """One organisation: its facts, where it belongs, what belongs to it."""
    found = get_object_or_404(Org.objects.select_related("state"), pk=org_id)
    crumbs = [(_("Schools and districts"), reverse("orgs:search")), (found.name, "")]
    shown = {"shown": OrgPage(found, request.today), "org": found, "crumbs": crumbs}
    more = {"workspace": _workspace(request, found), "chain": _chain(request, found)}
    return render(request, "orgs/org.html", shown | more)


WORKSPACES = {"school": "home:school", "district": "home:district", "region": "home:region", "county": "home:region"}


def _workspace(request: PersonRequest, org: Org) -> str:
    """The address of its year against the plan, for those whose office reaches it; that page decides what is shown."""
    standing = request.standing
    offices = {holding.office for holding in standing.holdings if holding.org.kind != Org.Kind.AGENCY}
    offices -= {"tip_analyst", "tip_supervisor"}  # held at the state, yet not over its schools
    reaches = standing.is_state_office or standing.holds_over(*offices, org=org)
    return reverse(WORKSPACES[org.kind], args=[org.pk]) if reaches and org.kind in WORKSPACES else ""


def _chain(request: PersonRequest, org: Org) -> str:
    """The address of whom one calls there, for the desk and the state office; keepers find it on their own page."""
    at_desk = {"state_office", "tip_analyst", "tip_supervisor"} & request.standing.offices
    has_chain = org.kind in {"school", "district", "agency"}
    return reverse("contacts:chain", args=[org.pk]) if at_desk and has_chain else ""


HEADER = (
    "name", "kind", "sector", "city", "district", "county", "codes", "low_grade", "high_grade", "address", "zip",
    "latitude", "longitude", "precision", "closed_on",
)  # fmt: skip


def _table(found: list[Org], request: PersonRequest) -> Iterator[list[Any]]:
    yield list(HEADER)
    for start in range(0, len(found), A_BATCH):
        for line in lines(found[start : start + A_BATCH], request.today):
            yield [defused(cell) for cell in _cells(line)]


def _cells(line: Line) -> tuple[Any, ...]:
    org = line.org
    return (
        org.name, org.kind, org.sector, org.city, line.district.name if line.district else "",
        line.county.name if line.county else "", " ".join(line.codes), org.low_grade, org.high_grade, org.address,
        org.postal_code, org.latitude, org.longitude, org.precision, org.closed_on.isoformat() if org.closed_on else "",
    )  # fmt: skip


class _Echo:
    """Where csv.writer writes: it gives each line back to be sent."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def _csv(rows: Iterator[list[Any]]) -> tuple[IO[bytes], str]:
    writer = csv.writer(_Echo())
    return whole(writer.writerow(row).encode() for row in rows), "text/csv; charset=utf-8"


def _xlsx(rows: Iterator[list[Any]]) -> tuple[bytes, str]:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Directory")[:31])
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
