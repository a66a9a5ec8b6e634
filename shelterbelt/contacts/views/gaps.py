"""Where nobody can be reached: the schools of the state without a confirmed contact, and two measures."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
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
from shelterbelt.contacts import policy, queries
from shelterbelt.contacts.forms import GapsForm
from shelterbelt.contacts.queries.gaps import Gap, Reach
from shelterbelt.core import clock
from shelterbelt.core.records import holds_records
from shelterbelt.core.tables import CSV, XLSX, as_csv, as_xlsx
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import region_systems, state_with_code

PAGE = 100
HEADER = ("region", "district", "school", "contacts", "confirmed")


@require_safe
@audience("signed_in")
def gaps(request: PersonRequest) -> HttpResponse:
    """The list, and the two measures of the whole state."""
    require(policy.may_see_gaps(request.standing))
    state, form = _state(), _form(request)
    reach = Reach(state, clock.now())
    found = _found(state, form, reach)
    shown = {
        "form": form,
        "state": state,
        "reached": queries.reached(state, reach.at, reach=reach),
        "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "days": queries.days_verified(),
    }
    return render(request, "contacts/gaps.html", shown)


@require_safe
@audience("signed_in")
@an_export
@holds_records("call-chain")
def gaps_export(request: PersonRequest, form: str) -> HttpResponseBase:
    """The list as a table. It holds no number of anybody."""
    require(policy.may_see_gaps(request.standing))
    if form not in {"csv", "xlsx"}:
        raise Http404(_("The gaps are exported as csv or xlsx."))
    state = _state()
    rows = [HEADER, *_rows(_found(state, _form(request), Reach(state, clock.now())))]
    note_reading("contacts.gaps", form, org=state.pk, reason="download")
    content, kind = (as_csv(rows), CSV) if form == "csv" else (as_xlsx(rows, title=_("Contact gaps")), XLSX)
    return download(
        request,
        content,
        name=f"contact-gaps.{form}",
        content_type=kind,
        still=lambda standing: policy.may_see_gaps(standing) is None,
    )


def _state() -> Org:
    state = state_with_code(settings.STATE)
    if state is None:
        raise Http404(_("The directory doesn't hold this state yet."))
    return state


def _form(request: PersonRequest) -> GapsForm:
    state = _state()
    systems = [(name, name.replace("_", " ").title()) for name in region_systems(state)]
    chosen = request.GET.get("system") or (systems[0][0] if systems else "")
    regions = Org.objects.filter(state=state, kind=Org.Kind.REGION, region_system=chosen).order_by("name")
    listed = [(str(pk), name) for pk, name in regions.values_list("pk", "name")]
    return GapsForm({"system": chosen, "region": request.GET.get("region", "")}, systems=systems, regions=listed)


def _found(state: Org, form: GapsForm, reach: Reach) -> list[Gap]:
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    region = int(asked["region"]) if asked.get("region") else None
    return queries.gaps(state, reach.at, system=asked.get("system", ""), region=region, reach=reach)


def _rows(found: list[Gap]) -> Iterator[tuple[Any, ...]]:
    for gap in found:
        yield (gap.region, gap.district, gap.school, gap.contacts, gap.confirmed)
