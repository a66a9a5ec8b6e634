"""What several pages ask in the same way."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt.access.standing import PersonRequest
from shelterbelt.improvements import policy, queries
from shelterbelt.improvements.models import CorrectiveAction, Finding
from shelterbelt.orgs.models import Org


def the_org(org_id: int) -> Org:
    """The school or district of an address."""
    return get_object_or_404(Org.objects.filter(kind__in=[Org.Kind.SCHOOL, Org.Kind.DISTRICT]), pk=org_id)


def the_finding(finding_id: UUID) -> Finding:
    """The finding of an address."""
    return get_object_or_404(queries.with_actions(Finding.objects.all()), pk=finding_id)


def the_action(corrective_id: UUID) -> CorrectiveAction:
    """The corrective action of an address."""
    rows = CorrectiveAction.objects.select_related("finding__org", "org", "owner", "verified_by", "planned_by")
    return get_object_or_404(rows, pk=corrective_id)


def crumbs(request: PersonRequest, org: Org, here: str, *between: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page; the register only for those who may read it."""
    way = [(_("Improvements"), reverse("improvements:mine"))]
    if policy.may_see_register(request.standing, org) is None:
        way.append((org.name, reverse("improvements:register", args=[org.pk])))
    return [*way, *between, (here, "")]


def tell(form: BaseForm, error: ValidationError) -> None:
    """Put what an action found wrong at the fields of the form, and what has no field above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
