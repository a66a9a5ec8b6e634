"""The report of an assessment, to read and to print."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.views.common import crumbs, note_read, the_assessment
from shelterbelt.assessments.views.shown import shown_of


@require_safe
@audience("signed_in")
def report(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """All of it on one page, as it is printed."""
    found = the_assessment(assessment_id)
    require(policy.may_read_one(request.standing, found))
    note_read(request.standing, found)
    shown = {**shown_of(found), "crumbs": crumbs(found.org, found, here=_("Report"))}
    return render(request, "assessments/report.html", shown)
