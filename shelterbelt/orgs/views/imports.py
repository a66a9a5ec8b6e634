"""Bring a file into the directory, in steps: send it, look at what it would change, load it."""

import csv
import io
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import an_export, at_most
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.records import holds_records
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.core.text import defused
from shelterbelt.orgs.actions import ask_to_load, start_import
from shelterbelt.orgs.forms import ImportForm
from shelterbelt.orgs.models import DirectoryImport, Org
from shelterbelt.orgs.policy import may_load
from shelterbelt.orgs.queries import state_with_code
from shelterbelt.orgs.report import ImportReport

A_PAGE = 50


@require_safe
@audience("state")
def imports(request: PersonRequest) -> HttpResponse:
    """What was brought in, the latest first."""
    started = DirectoryImport.objects.defer("report").order_by("-started_at", "-pk")
    page = Paginator(started, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "orgs/imports.html", {"page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
@audience("state")
@at_most(60, per="hour", of="imports", on={"POST"})
def import_new(request: PersonRequest) -> HttpResponse:
    """Send a file. Nothing is loaded yet."""
    form = ImportForm(request.POST or None, request.FILES or None, initial={"effective_on": _first_day(request.today)})
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        started = start_import(
            state=_state(),
            profile=form.cleaned_data["profile"],
            file_name=upload.name or "",
            chunks=upload.chunks(),
            effective_on=form.cleaned_data["effective_on"],
            closes_missing=form.cleaned_data["closes_missing"],
            by=request.standing,
            at=clock.now(),
        )
        return redirect("orgs:import", started.pk)
    crumbs = [(_("Imports"), reverse("orgs:imports")), (_("Bring in a file"), "")]
    return render(request, "orgs/import_new.html", {"form": form, "crumbs": crumbs}, status=400 if form.errors else 200)


def _first_day(today: date) -> date:
    return SchoolYear.of(today).starts_on


def _state() -> Org:
    state = state_with_code(settings.STATE)
    return state or get_object_or_404(Org, kind=Org.Kind.STATE)


@require_safe
@audience("state")
def import_(request: PersonRequest, import_id: int) -> HttpResponse:
    """One file: how far it is, what is wrong with it, what it would change."""
    return render(request, "orgs/import.html", _shown(request, import_id))


@require_safe
@audience("state")
def import_progress(request: PersonRequest, import_id: int) -> HttpResponse:
    """The part of that page that changes while the worker is at it."""
    return render(request, "orgs/import_progress.html", _shown(request, import_id))


def _shown(request: PersonRequest, import_id: int) -> dict[str, Any]:
    found = get_object_or_404(DirectoryImport, pk=import_id)
    report = ImportReport(found)
    page = Paginator(report.problems, A_PAGE).get_page(request.GET.get("page"))
    return {
        "found": found,
        "report": report,
        "page_obj": page,
        "refusal": may_load(request.standing, found),
        "crumbs": [(_("Imports"), reverse("orgs:imports")), (found.file_name, "")],
    }


@require_safe
@audience("state")
@an_export
@holds_records("directory")
def import_problems(request: PersonRequest, import_id: int) -> HttpResponseBase:
    """Everything that is wrong with a file, as a table to work through."""
    report = ImportReport(get_object_or_404(DirectoryImport, pk=import_id))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["kind", "row", "column", "problem"])
    for problem in report.problems:
        writer.writerow([problem.kind, problem.row or "", defused(problem.column), defused(problem.sentence)])
    return download(
        request,
        text.getvalue().encode(),
        name=f"problems-{import_id}.csv",
        content_type="text/csv; charset=utf-8",
        still=lambda standing: standing.is_state_office,
    )


@require_POST
@audience("state")
def import_load(request: PersonRequest, import_id: int) -> HttpResponse:
    """Load a checked file."""
    # Locked: a second press of the button finds it loading already.
    found = get_object_or_404(DirectoryImport.objects.select_for_update(), pk=import_id)
    ask_to_load(found, by=request.standing)
    messages.success(request, _("%(file)s is being loaded.") % {"file": found.file_name})
    return redirect("orgs:import", found.pk)
