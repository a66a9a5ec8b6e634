"""What several pages ask in the same way."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import Org

PAGE = 50


def the_school(school_id: int) -> Org:
    """The school of an address."""
    return get_object_or_404(Org.objects.schools(), pk=school_id)


def the_year(request: PersonRequest, named: str | None = None) -> SchoolYear:
    """The school year that an address names, else the current one."""
    text = named if named is not None else request.GET.get("year", "")
    if not text:
        return SchoolYear.of(request.today)
    try:
        year = SchoolYear.named(text)
    except ValueError as error:
        raise Http404(str(error)) from error
    if not 2000 <= year.starts <= request.today.year + 2:
        raise Http404(_("There are no records for that school year."))
    return year


def tell(form: BaseForm, error: ValidationError) -> None:
    """Put what an action found wrong at the fields of the form, and what has no field above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
