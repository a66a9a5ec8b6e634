"""Who did what: search, one entry, one's own acts, and export."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download, whole
from shelterbelt.access.limits import an_export
from shelterbelt.access.models import AuditEntry
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.records import holds_records
from shelterbelt.core.text import key_in
from shelterbelt.people.sign_in import recent
from shelterbelt.trail import exporting, queries, words
from shelterbelt.trail.forms import SearchForm
from shelterbelt.trail.policy import may_export, may_look_at, may_search, may_take_head
from shelterbelt.trail.queries import Search

A_PAGE = 50


@require_safe
@audience("signed_in")
def search(request: PersonRequest) -> HttpResponse:
    """What others did, within what one may see. That one looked is on record too."""
    require(may_search(request.standing))
    form = SearchForm(request.GET or None)
    wanted = form.search if form.is_valid() else Search()
    shown: dict[str, Any] = {"form": form, "takes_head": may_take_head(request.standing) is None}
    if not form.is_bound or form.is_valid():
        note_reading("trail.search", "", org=None, reason=_asked(request))
        shown |= _page(request, wanted) | {"export": may_export(request.standing), "forms": exporting.FORMS}
    return render(request, "trail/search.html", shown, status=200 if not form.is_bound or form.is_valid() else 422)


@require_safe
@audience("signed_in")
def mine(request: PersonRequest) -> HttpResponse:
    """What I did."""
    return render(request, "trail/mine.html", _page(request, Search(person=request.standing.person.pk)))


@require_safe
@audience("signed_in")
def entry(request: PersonRequest, entry_id: int) -> HttpResponse:
    """One entry: what stood before and afterwards."""
    found = get_object_or_404(AuditEntry, pk=entry_id)
    require(may_look_at(request.standing, found))
    (told,) = words.tell([found])
    columns = words.differences(found)
    shown = {
        "told": told,
        "changed": [each for each in columns if each.is_changed],
        "same": [each for each in columns if not each.is_changed],
        "may_search": may_search(request.standing) is None,
    }
    return render(request, "trail/entry.html", shown)


@require_safe
@audience("signed_in")
@recent
@an_export
@holds_records("trail")
def export(request: PersonRequest, form: str) -> HttpResponseBase:
    """What a search found, as a file; up to a number that the page tells."""
    require(may_export(request.standing))
    asked = SearchForm(request.GET)
    if form not in exporting.FORMS or not asked.is_valid():
        raise Http404
    note_reading("trail.export", form, org=None, reason=_asked(request))
    return download(
        request,
        whole(exporting.lines(asked.search, form)),
        name=f"who-did-what-{request.today.isoformat()}.{form}",
        content_type=exporting.FORMS[form],
        still=lambda standing: may_export(standing) is None,
    )


def _page(request: PersonRequest, wanted: Search) -> dict[str, Any]:
    key = key_in(request.GET.get("before", ""))
    entries, older = queries.a_page(wanted, before=key, size=A_PAGE)
    asked = {name: value for name, value in request.GET.items() if value and name != "before"}
    return {
        "entries": words.tell(entries),
        "older": f"?{urlencode(asked | {'before': str(older)})}" if older else "",
        "newest": f"?{urlencode(asked)}" if key else "",
        "asked": urlencode(asked),
        "most": exporting.MOST,
    }


def _asked(request: PersonRequest) -> str:
    """What was looked for, for the trail."""
    return urlencode({name: value for name, value in request.GET.items() if value})[:300] or "everything"
