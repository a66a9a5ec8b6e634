"""Who is designated for which duty, and changing it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.attestations import actions, queries
from shelterbelt.attestations.forms import DesignateForm, EndForm
from shelterbelt.attestations.models import Designation
from shelterbelt.attestations.policy import may_designate
from shelterbelt.attestations.views.common import done
from shelterbelt.orgs.models import Org


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def designate(request: PersonRequest, org_id: int) -> HttpResponse:
    """Name who holds a duty from a day on."""
    org = get_object_or_404(Org, pk=org_id)
    require(may_designate(request.standing, org))
    form = DesignateForm(request.POST or None, request.FILES or None, org=org, initial={"from_on": request.today})
    if form.is_valid() and done(
        request, form, org,
        lambda document: actions.designate(
            org=org, by=request.standing, **(form.cleaned_data | {"document": document})
        ),
    ):  # fmt: skip
        messages.success(request, _("%(holder)s is designated.") % form.cleaned_data)
        return redirect("attestations:designate", org.pk)
    shown = {"org": org, "form": form, "ever": queries.designations_ever(org)[:50], "today": request.today}
    return render(request, "attestations/designate.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def end_designation(request: PersonRequest, designation_id: UUID) -> HttpResponse:
    """End a duty on a day."""
    designation = get_object_or_404(Designation.objects.select_related("org"), pk=designation_id)
    require(may_designate(request.standing, designation.org))
    form = EndForm(request.POST or None, initial={"until_on": request.today})
    if form.is_valid() and _ended(request, form, designation):
        messages.success(request, _("The designation of %(holder)s ends.") % {"holder": designation.holder})
        return redirect("attestations:designate", designation.org_id)
    shown = {"designation": designation, "org": designation.org, "form": form}
    return render(request, "attestations/end_designation.html", shown)


def _ended(request: PersonRequest, form: EndForm, designation: Designation) -> bool:
    try:
        actions.end_designation(designation=designation, until_on=form.cleaned_data["until_on"], by=request.standing)
    except ValidationError as problem:
        form.add_error(None, problem)
    return form.is_valid()
