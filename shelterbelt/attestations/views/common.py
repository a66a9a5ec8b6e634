"""What the pages of this room share: reading an address, keeping the file with the words, and where to go next."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt import strategy
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.documents.actions import keep
from shelterbelt.documents.models import Document
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output, Recommendation

KEEP_YEARS = 5
_PAGES = {"school": "home:school", "district": "home:district", "region": "home:region"}


def output_or_404(number: str) -> Output:
    """The plan's output with this number."""
    try:
        return strategy.current().output(number)
    except KeyError as error:
        raise Http404(_("The plan has no output %(number)s.") % {"number": number}) from error


def recommendation_or_404(number: str) -> Recommendation:
    """The plan's recommendation with this number."""
    try:
        return strategy.current().recommendation(number)
    except KeyError as error:
        raise Http404(_("The plan has no recommendation %(number)s.") % {"number": number}) from error


def year_or_404(slug: str) -> SchoolYear:
    """The school year written as 2026-27."""
    try:
        return SchoolYear.named(slug)
    except ValueError as error:
        raise Http404(_("Write a school year as 2026-27.")) from error


def page_of(org: Org) -> str:
    """The organisation's own page."""
    if org.kind == Org.Kind.STATE:
        return reverse("home:state")
    name = _PAGES.get(org.kind)
    return reverse(name, args=[org.pk]) if name else reverse("home:start")


def done(request: PersonRequest, form: forms.Form, org: Org, act: Callable[[Document | None], Any]) -> bool:
    """Keep the file that came with a form and do what was asked, both or neither; say on the form what is wrong."""
    try:
        with transaction.atomic():
            act(_kept(request, form, org))
    except ValidationError as problem:
        _tell(form, problem)
    return form.is_valid()


def _kept(request: PersonRequest, form: forms.Form, org: Org) -> Document | None:
    upload = form.cleaned_data.get("document")
    if not upload:
        return None
    return keep(org=org, upload=upload, by=request.standing, at=clock.now(), keep_years=KEEP_YEARS)


def _tell(form: forms.Form, problem: ValidationError) -> None:
    """Put each sentence beside its field, and those without a field above the form."""
    by_field = problem.error_dict if hasattr(problem, "error_dict") else {"": problem.error_list}
    for field, sentences in by_field.items():
        form.add_error(field if field in form.fields else None, sentences)
