"""The register of a school or a district: what was found, and what is done about it."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import an_export
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.records import holds_records
from shelterbelt.core.tables import CSV, XLSX, Row, as_csv, as_xlsx
from shelterbelt.improvements import policy, queries
from shelterbelt.improvements.register import Line
from shelterbelt.improvements.views.common import the_org
from shelterbelt.orgs.models import Org

PAGE = 50


@require_safe
@audience("signed_in")
def mine(request: PersonRequest) -> HttpResponse:
    """What one was asked to see to oneself; who keeps one register goes there at once."""
    own = list(queries.mine(request.standing.person))
    kept = [
        each.org for each in request.standing.holdings if policy.may_see_register(request.standing, each.org) is None
    ]
    kept = list({org.pk: org for org in kept if org.kind in {Org.Kind.SCHOOL, Org.Kind.DISTRICT}}.values())
    if len(kept) == 1 and not own:
        return redirect("improvements:register", kept[0].pk)
    return render(request, "improvements/mine.html", {"own": own, "kept": kept, "today": request.today})


@require_safe
@audience("signed_in")
def register(request: PersonRequest, org_id: int) -> HttpResponse:
    """Everything, filtered and sorted as the reader asks; what is overdue first."""
    org = the_org(org_id)
    require(policy.may_see_register(request.standing, org))
    note_reading("improvements.register", str(org.pk), org=org.pk, reason="page")
    orgs = queries.orgs_of_register(org, request.today)
    found = queries.lines(orgs, request.today)
    asked = _asked(request, orgs)
    shown = queries.chosen(found, show=asked["show"], order=asked["order"], kind=asked["kind"], org=int(asked["org"]))
    return render(
        request,
        "improvements/register.html",
        {
            "org": org,
            "page_obj": Paginator(shown, PAGE).get_page(request.GET.get("page")),
            "asked": asked,
            "filters": _filters(orgs),
            "overdue": sum(line.is_overdue for line in found),
            "open": sum(line.is_open for line in found),
            "costs": sum(line.cost or 0 for line in found if line.is_open),
            "is_empty": not found,
            "may_add": policy.may_record_finding(request.standing, org) is None,
        },
    )


@require_safe
@audience("signed_in")
@an_export
@holds_records("procurement")
def export(request: PersonRequest, org_id: int, form: str) -> HttpResponseBase:
    """Days, states and costs as a table. What was found, and where, is closed and isn't in it."""
    org = the_org(org_id)
    require(policy.may_see_register(request.standing, org))
    if form not in {"csv", "xlsx"}:
        raise Http404(_("The register is exported as csv or xlsx."))
    orgs = queries.orgs_of_register(org, request.today)
    rows = list(_rows(queries.chosen(queries.lines(orgs, request.today), show="all")))
    note_reading("improvements.register", form, org=org.pk, reason="download")
    content, kind = (as_csv(rows), CSV) if form == "csv" else (as_xlsx(rows, title=_("Improvements")), XLSX)
    return download(
        request,
        content,
        name=f"improvements-{org.pk}-{request.today}.{form}",
        content_type=kind,
        still=lambda standing: policy.may_see_register(standing, org) is None,
    )


HEAD = (
    "organization", "found_by", "found_on", "risk_1_to_16", "status", "due_on", "overdue", "done_on", "cost_dollars",
    "funding",
)  # fmt: skip


def _rows(lines: list[Line]) -> Iterator[Row]:
    yield HEAD
    for line in lines:
        yield (
            line.org_name, str(line.source), str(line.found_on), line.score, line.status, str(line.due_on or ""),
            "yes" if line.is_overdue else "no", str(line.done_on or ""),
            None if line.cost is None else float(line.cost), str(line.funding),
        )  # fmt: skip


def _asked(request: PersonRequest, orgs: dict[int, str]) -> dict[str, str]:
    """What the address asks for; what can't be is as if it weren't said."""
    get = request.GET.get
    kinds = {kind for kind, _name in queries.sources()}
    org = get("org", "")
    return {
        "show": get("show", "") if get("show", "") in queries.SHOWN else "open",
        "order": get("order", "") if get("order", "") in queries.ORDERS else "due",
        "kind": get("kind", "") if get("kind", "") in kinds else "",
        "org": org if org in {str(pk) for pk in orgs} else "0",
    }


def _filters(orgs: dict[int, str]) -> dict[str, list[tuple[str, object]]]:
    return {
        "show": [(key, name) for key, (name, _wanted) in queries.SHOWN.items()],
        "order": [(key, name) for key, (name, _key) in queries.ORDERS.items()],
        "kind": [("", _("Anything")), *queries.sources()],
        "org": [("0", _("All of them")), *((str(pk), name) for pk, name in sorted(orgs.items(), key=lambda o: o[1]))],
    }
