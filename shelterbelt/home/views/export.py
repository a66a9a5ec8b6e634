"""All outputs along an axis, as CSV or as a workbook."""

import csv
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

from django.http import Http404, HttpResponseBadRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from xlsxwriter import Workbook

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download, whole
from shelterbelt.access.limits import an_export
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.records import holds_records
from shelterbelt.home.forms.look import LookForm
from shelterbelt.home.queries.exported import HEADER, Cells, axes_exported, cells, exported
from shelterbelt.home.views.finding import state_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"title": 48, "group": 36}


@require_safe
@audience("state")
@an_export
@holds_records("outputs")
def state_export(request: PersonRequest, form: str) -> HttpResponseBase:
    """Every output for the state, its regions, counties or districts."""
    if form not in {"csv", "xlsx"}:
        raise Http404
    choice, state = LookForm(request.GET, today=request.today), state_of(request.standing)
    look, axis = choice.look(), request.GET.get("axis", "state")
    if not choice.is_valid():
        return _refused(" ".join(str(sentence) for row in choice.errors.values() for sentence in row))
    measured = look.measured(state)
    if axis not in axes_exported(measured, look):
        return _refused(_("There is no such way to group the figures. Choose one that the state's page offers."))
    note_reading("home.state_export", f"{look.year} {axis}", org=state.pk, reason=f"{form} as of {look.day}")
    rows = [cells(line, look, axis) for line in exported(measured, look, state, axis)]
    content, kind = (_csv if form == "csv" else _xlsx)(rows)
    return download(
        request,
        content,
        name=f"outputs-{look.year}-{axis}.{form}",
        content_type=kind,
        still=lambda standing: standing.is_state_office,
    )


def _refused(sentence: str) -> HttpResponseBase:
    return HttpResponseBadRequest(sentence, content_type="text/plain; charset=utf-8")


class _Echo:
    """Gives back what the csv writer writes, line by line."""

    def write(self, line: str) -> str:
        return line


def _csv(rows: Iterable[Cells]) -> tuple[IO[bytes], str]:
    writer = csv.writer(_Echo())
    return whole(writer.writerow(row).encode() for row in (HEADER, *rows)), "text/csv; charset=utf-8"


def _xlsx(rows: Iterable[Cells]) -> tuple[IO[bytes], str]:
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    _write(file, rows)
    return file, WORKBOOK


def _write(file: IO[bytes], rows: Iterable[Cells]) -> None:
    # Row by row, so that a large state needs no more memory than a small one; cells are never read as formulas.
    with Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Outputs")
        sheet.freeze_panes(1, 2)
        for column, title in enumerate(HEADER):
            sheet.set_column(column, column, WIDTHS.get(title, 14))
        sheet.write_row(0, 0, HEADER, book.add_format({"bold": True}))
        for place, row in enumerate(rows, start=1):
            sheet.write_row(place, 0, row)
