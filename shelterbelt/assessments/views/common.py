"""What several pages ask in the same way."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.assessments.models import Assessment
from shelterbelt.orgs.models import Org

PAGE = 50
Crumbs = list[tuple[Any, str]]


def the_school(school_id: int) -> Org:
    """The school of an address."""
    return get_object_or_404(Org.objects.schools(), pk=school_id)


def the_assessment(assessment_id: uuid.UUID) -> Assessment:
    """The assessment of an address; row security decides whether there is one."""
    return get_object_or_404(Assessment.objects.select_related("org", "team"), pk=assessment_id)


def note_read(standing: Standing, assessment: Assessment) -> None:
    """It was read by somebody of neither the school nor its district: the school can see who did."""
    if not standing.is_inside(assessment.org):
        note_reading(Assessment._meta.db_table, str(assessment.pk), org=assessment.org_id, reason="assessment")


def crumbs(school: Org | None = None, assessment: Assessment | None = None, *, here: Any) -> Crumbs:
    """The way to a page."""
    found: Crumbs = [(_("Assessments"), reverse("assessments:mine"))]
    if school is not None:
        found.append((school, reverse("assessments:school", args=[school.pk])))
    if assessment is not None:
        found.append((title_of(assessment), reverse("assessments:assessment", args=[assessment.pk])))
    return [*found, (here, "")]


def title_of(assessment: Assessment) -> str:
    """How an assessment is called in a list."""
    day = assessment.assessed_on or assessment.planned_on
    return _("Assessment of %(day)s") % {"day": f"{day:%B} {day.day}, {day.year}"}


def tell(form: BaseForm, error: ValidationError) -> None:
    """Put what an action found wrong at the fields of the form, and what has no field above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def form_page(request: PersonRequest, name: str, form: BaseForm, **shown: Any) -> HttpResponse:
    """A page with a form; what is wrong answers 422."""
    return render(request, f"assessments/{name}.html", {"form": form, **shown}, status=422 if form.errors else 200)
