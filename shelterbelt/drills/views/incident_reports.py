"""What a district reports to the state about incidents and credible threats, and what it reported when."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import an_export
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.records import holds_records
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.core.tables import CSV, XLSX, as_csv, as_xlsx
from shelterbelt.drills import incident_reports, policy
from shelterbelt.drills.actions_incident_reports import submit_incident_report
from shelterbelt.drills.forms import a_day
from shelterbelt.drills.models import Drill, IncidentReport
from shelterbelt.drills.views.common import tell
from shelterbelt.orgs.models import Org


class SubmittedForm(forms.Form):
    """That a report was handed in."""

    from_on = a_day(label=gettext_lazy("First day of the report"))
    until_on = a_day(label=gettext_lazy("Last day of the report"))
    submitted_on = a_day(label=gettext_lazy("Handed in on"))
    how = forms.CharField(
        label=gettext_lazy("Where, and under which number?"), max_length=200,
        help_text=gettext_lazy("For instance “DESE web applications, receipt 4711”."),
    )  # fmt: skip
    report_id = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


def the_district(district_id: int) -> Org:
    """The district of an address."""
    return get_object_or_404(Org.objects.filter(kind=Org.Kind.DISTRICT), pk=district_id)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def incident_report(request: PersonRequest, district_id: int) -> HttpResponse:
    """The counts of some days by attendance center, and the register of what was handed in when."""
    district = the_district(district_id)
    require(policy.may_read_incident_reports(request.standing, district))
    first, last = _days(request)
    form = SubmittedForm(
        request.POST or None, initial={"from_on": first, "until_on": last, "submitted_on": request.today}
    )
    if form.is_valid():
        try:
            submit_incident_report(district=district, by=request.standing, at=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The report is kept as it was handed in."))
            return redirect("drills:incident_report", district.pk)
    note_reading("drills.incident_report", str(district.pk), org=district.pk, reason="page")
    shown = {
        "district": district,
        "first": first,
        "last": last,
        "rows": [_shown(row) for row in incident_reports.as_kept(incident_reports.rows_of(district, first, last))],
        "reports": IncidentReport.objects.filter(district=district).select_related("submitted_by").order_by(
            "-until_on", "-submitted_on", "pk"
        ),
        "form": form,
        "refusal": policy.may_submit_incident_report(request.standing, district),
    }  # fmt: skip
    return render(request, "drills/incident_report.html", shown, status=422 if form.errors else 200)


@require_safe
@audience("signed_in")
@an_export
@holds_records("incident-report")
def submitted_file(request: PersonRequest, incident_report_id: uuid.UUID, form: str) -> HttpResponseBase:
    """A report as it was handed in, as a table."""
    found = get_object_or_404(IncidentReport.objects.select_related("district"), pk=incident_report_id)
    require(policy.may_read_incident_reports(request.standing, found.district))
    return _file(request, found.district, found.rows, form, f"incident-report-{found.until_on}")


@require_safe
@audience("signed_in")
@an_export
@holds_records("incident-report")
def counts_file(request: PersonRequest, district_id: int, form: str) -> HttpResponseBase:
    """The counts of some days as a table, to be handed in."""
    district = the_district(district_id)
    require(policy.may_read_incident_reports(request.standing, district))
    first, last = _days(request)
    rows = incident_reports.as_kept(incident_reports.rows_of(district, first, last))
    return _file(request, district, rows, form, f"incidents-{first}-{last}")


def _file(request: PersonRequest, district: Org, rows: list[dict[str, Any]], form: str, name: str) -> HttpResponseBase:
    if form not in {"csv", "xlsx"}:
        raise Http404(_("The report is exported as csv or xlsx."))
    note_reading("drills.incident_report", name[:40], org=district.pk, reason="download")
    table = incident_reports.as_table(rows)
    content, kind = (as_csv(table), CSV) if form == "csv" else (as_xlsx(table, title=_("Incidents")), XLSX)
    return download(
        request,
        content,
        name=f"{name}.{form}",
        content_type=kind,
        still=lambda standing: policy.may_read_incident_reports(standing, district) is None,
    )


def _days(request: PersonRequest) -> tuple[date, date]:
    """The days asked for; this school year so far where none, or something else, is."""
    year = SchoolYear.of(request.today)
    first, last = _day(request, "from") or year.starts_on, _day(request, "until") or request.today
    return (first, last) if first <= last else (year.starts_on, request.today)


def _day(request: PersonRequest, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    nature, kind = row["nature"], row["incident_class"]
    return row | {
        "nature": Drill.Nature(nature).label if nature else "",
        "incident_class": Drill.IncidentClass(kind).label if kind else "",
    }
