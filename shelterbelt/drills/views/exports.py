"""A school's drills of a year as a table for other programs. Cells that could be formulas are disarmed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import an_export
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.records import holds_records
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.core.tables import CSV, XLSX, as_csv, as_xlsx
from shelterbelt.drills import policy, queries
from shelterbelt.drills.views.common import the_school, the_year
from shelterbelt.orgs.models import Org

COLUMNS = (
    "id", "nature", "kind", "incident_class", "status", "planned_on", "held_on", "started_at", "minutes",
    "is_announced", "plan_part", "plan_part_other", "place", "students", "staff", "visitors",
    "law_enforcement_present", "fire_present", "ems_present", "emergency_management_present", "accommodations",
    "parents_told_on", "simulated_with_students", "debriefed", "strengths", "improvements", "summary",
    "completed_on", "cancelled_because",
)  # fmt: skip


@require_safe
@audience("signed_in")
@an_export
@holds_records("drill-log", "after-action")
def csv_file(request: PersonRequest, school_id: int, year: str) -> HttpResponseBase:
    """Comma-separated, with a mark so that spreadsheets read it as UTF-8."""
    school, named = _asked(request, school_id, year)
    content = as_csv([COLUMNS, *_rows(school, named, request.today)])
    return _file(request, school, content, CSV, f"drills-{named}.csv")


@require_safe
@audience("signed_in")
@an_export
@holds_records("drill-log", "after-action")
def xlsx_file(request: PersonRequest, school_id: int, year: str) -> HttpResponseBase:
    """A spreadsheet whose cells are text, numbers and days, never formulas."""
    school, named = _asked(request, school_id, year)
    content = as_xlsx([COLUMNS, *_rows(school, named, request.today)], title=_("Drills"))
    return _file(request, school, content, XLSX, f"drills-{named}.xlsx")


def _asked(request: PersonRequest, school_id: int, year: str) -> tuple[Org, SchoolYear]:
    school = the_school(school_id)
    require(policy.may_read_learned(request.standing, school))
    return school, the_year(request, year)


def _rows(school: Org, year: SchoolYear, by: date) -> Iterator[list[Any]]:
    for drill in queries.drills_of(school, year, by):
        yield [_cell(getattr(drill, name)) for name in COLUMNS]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, date)):
        return value
    return str(value)


def _file(request: PersonRequest, school: Org, content: bytes, kind: str, name: str) -> HttpResponseBase:
    note_reading("drills.export", name[:40], org=school.pk, reason="download")
    return download(
        request,
        content,
        name=name,
        content_type=kind,
        still=lambda standing: policy.may_read_learned(standing, school) is None,
    )
