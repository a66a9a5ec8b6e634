"""What several pages ask in the same way."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt.disclosure import queries
from shelterbelt.disclosure.models import ClosureDetermination, RecordsRequest
from shelterbelt.disclosure.rules import Law
from shelterbelt.orgs.models import Org

Crumbs = list[tuple[str, str]]


def the_org(org_id: int) -> Org:
    """The organisation of an address."""
    return get_object_or_404(Org, pk=org_id)


def the_law() -> Law:
    """The state's rules; without them these pages aren't there."""
    try:
        return queries.our_law()
    except ValueError as error:
        raise Http404(str(error)) from error


def the_determination(determination_id: int) -> ClosureDetermination:
    """The determination of an address, if it exists for whoever asks."""
    return get_object_or_404(
        ClosureDetermination.objects.select_related("org", "decided_by", "ended_by"), pk=determination_id
    )


def the_request(asked_id: UUID) -> RecordsRequest:
    """The request of an address, if it exists for whoever asks."""
    return get_object_or_404(RecordsRequest.objects.select_related("org", "recorded_by", "closed_by"), pk=asked_id)


def crumbs(org: Org, *last: tuple[str, str]) -> Crumbs:
    """Directory, organisation, its records, and the page itself."""
    found = [(_("Schools and districts"), reverse("orgs:search")), (org.name, reverse("orgs:org", args=[org.pk]))]
    if not last:
        return [*found, (_("Public records"), "")]
    return [*found, (_("Public records"), reverse("disclosure:register", args=[org.pk])), *last]


def tell(form: BaseForm, error: ValidationError) -> None:
    """Put what an action finds wrong at the fields of the form, and what has no field above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
