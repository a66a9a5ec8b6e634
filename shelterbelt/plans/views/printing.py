"""Printing a version: choose, then take the PDF. Every print is noted in the trail, with whose name it carries."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import at_most, few_at_once
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.plans import policy
from shelterbelt.plans.forms.printing import PrintForm
from shelterbelt.plans.models import Version
from shelterbelt.plans.policy.printing import may_print
from shelterbelt.plans.queries.printing import copy_of, pdf_of
from shelterbelt.plans.views.common import crumbs, the_version
from shelterbelt.ui.pdf.printing import CannotBePrinted


@require_safe
@audience("signed_in")
def choose(request: PersonRequest, version_id: int) -> HttpResponse:
    """What can be printed of a version."""
    version = the_version(version_id)
    require(may_print(request.standing, version))
    return _page(request, version, PrintForm(version=version))


@require_safe
@audience("signed_in")
@at_most(120, per="hour", of="plan prints")
@few_at_once(2, of="plan prints")
def pdf(request: PersonRequest, version_id: int) -> HttpResponseBase:
    """The PDF that was asked for."""
    version = the_version(version_id)
    require(may_print(request.standing, version))
    form = PrintForm(request.GET, version=version)
    if not form.is_valid():
        return _page(request, version, form)
    what = form.cleaned_data["what"]
    copy = copy_of(version, reader=str(request.standing.person), at=clock.now())
    try:
        content = pdf_of(copy, what, form.cleaned_data["part"])
    except CannotBePrinted:
        form.add_error(None, _("This could not be printed in one piece. Choose an extract with fewer parts."))
        return _page(request, version, form)
    # Noted once it is made: until then nothing was read, and the trail waits for nobody's printer.
    note_reading(Version._meta.db_table, str(version.pk), org=version.org_id, reason=f"print: {what}")
    return download(
        request, content, name=_name(version, what), content_type="application/pdf",
        still=lambda standing: may_print(standing, version) is None and policy.may_read(standing, version.plan) is None,
    )  # fmt: skip


def _page(request: PersonRequest, version: Version, form: PrintForm) -> HttpResponse:
    shown = {
        "version": version,
        "org": version.plan.org,
        "form": form,
        "crumbs": crumbs(version.plan.org, (_("Print version %(number)s") % {"number": version.number}, "")),
    }
    return render(request, "plans/printing.html", shown, status=422 if form.errors else 200)


def _name(version: Version, what: str) -> str:
    return f"{slugify(version.plan.org.name)}-v{version.number}-{what.replace('_', '-')}.pdf"
