"""The desk's numbers: how many tips, of what, when, by which way, and how long each step took."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import an_export
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.records import holds_records
from shelterbelt.core.tables import CSV, XLSX, as_csv, as_xlsx
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import state_with_code
from shelterbelt.tips import numbers_words
from shelterbelt.tips.policy.supervising import may_read_numbers
from shelterbelt.tips.queries import statistics
from shelterbelt.tips.rules.periods import Period, period_of, periods, school_year


@require_safe
@audience("signed_in")
def numbers(request: PersonRequest) -> HttpResponse:
    """Of one period: a school year, a calendar year or a fiscal year; a regional coordinator's are their region's."""
    state = _state()
    require(may_read_numbers(request.standing, state))
    first = statistics.first_day(state)
    period = _period(request)
    found = statistics.numbers(state, period, region=_region(request))
    shown = {
        "numbers": found,
        "charts": numbers_words.charts(found),
        "times": numbers_words.times(found),
        "periods": periods(first, request.today) if first else [],
        "may_export": _region(request) is None,
    }
    return render(request, "tips/supervising/numbers.html", shown)


@require_safe
@audience("signed_in")
@an_export
@holds_records("tip-counts")
def numbers_export(request: PersonRequest, form: str) -> HttpResponseBase:
    """The counts of a period by day, type, way, kind and region, for whoever sees the whole state."""
    state = _state()
    require(may_read_numbers(request.standing, state))
    if form not in {"csv", "xlsx"} or _region(request) is not None:
        raise Http404(_("The numbers are exported as csv or xlsx, for the whole state."))
    period = _period(request)
    rows = statistics.rows(state, period)
    note_reading("tips.numbers", form, org=_own_org(request), reason="download")
    content, kind = (as_csv(rows), CSV) if form == "csv" else (as_xlsx(rows, title=_("Tips")), XLSX)
    return download(
        request,
        content,
        name=f"tips-{period.slug}.{form}",
        content_type=kind,
        still=lambda standing: may_read_numbers(standing, state) is None,
    )


def _state() -> Org:
    state = state_with_code(settings.STATE)
    if state is None:
        raise Http404(_("The directory doesn't hold this state yet."))
    return state


def _period(request: PersonRequest) -> Period:
    """The one asked for; this school year where none, or something else, is."""
    now = school_year(request.today.year - (request.today.month < 7))
    return period_of(request.GET.get("period", "")) or now


def _region(request: PersonRequest) -> int | None:
    """The region of somebody who sees one only."""
    standing = request.standing
    if standing.offices & {"tip_analyst", "tip_supervisor", "state_office"}:
        return None
    return next((held.org.pk for held in standing.holdings if held.office == "region_coordinator"), None)


def _own_org(request: PersonRequest) -> int:
    return request.standing.holdings[0].org.pk
