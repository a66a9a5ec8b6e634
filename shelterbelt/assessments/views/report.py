"""The report of an assessment, to read, and as PDF to print."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.limits import at_most, few_at_once
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.views.common import crumbs, note_read, the_assessment
from shelterbelt.assessments.views.report_sheet import pdf_of
from shelterbelt.assessments.views.shown import shown_of
from shelterbelt.core import clock
from shelterbelt.ui.pdf.printing import CannotBePrinted


@require_safe
@audience("signed_in")
def report(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """All of it on one page, as it is printed."""
    found = the_assessment(assessment_id)
    require(policy.may_read_one(request.standing, found))
    note_read(request.standing, found)
    shown = {**shown_of(found), "crumbs": crumbs(found.org, found, here=_("Report"))}
    return render(request, "assessments/report.html", shown)


@require_safe
@audience("signed_in")
@at_most(120, per="hour", of="assessment reports")
@few_at_once(2, of="assessment reports")
def pdf(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponseBase:
    """The same as tagged PDF, with its photographs."""
    found = the_assessment(assessment_id)
    require(policy.may_read_one(request.standing, found))
    note_read(request.standing, found)
    try:
        content = pdf_of(found, reader=str(request.standing.person), at=clock.now())
    except CannotBePrinted:
        messages.error(request, _("This report could not be printed in one piece. Print this page instead."))
        return redirect("assessments:report", found.pk)
    name = f"{slugify(found.org.name)}-assessment-{found.assessed_on or found.planned_on}.pdf"
    return download(
        request, content, name=name, content_type="application/pdf",
        still=lambda standing: policy.may_read_one(standing, found) is None,
    )  # fmt: skip
