"""What several pages about purchases ask in the same way."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.models import Procurement, ProductEvaluation
from shelterbelt.orgs.models import Org

PAGE = 50
Crumbs = list[tuple[str, str]]


def the_district(district_id: int) -> Org:
    """The district of an address."""
    return get_object_or_404(Org.objects.filter(kind=Org.Kind.DISTRICT), pk=district_id)


def the_purchase(purchase_id: uuid.UUID) -> Procurement:
    """The purchase of an address, with its district."""
    return get_object_or_404(Procurement.objects.select_related("org"), pk=purchase_id)


def the_offer(offer_id: uuid.UUID) -> ProductEvaluation:
    """The offer of an address, with its purchase."""
    found = ProductEvaluation.objects.select_related("procurement__org", "org").prefetch_related("scores")
    return get_object_or_404(found, pk=offer_id)


def crumbs(here: str, *, district: Org | None = None, purchase: Procurement | None = None,
           offer: ProductEvaluation | None = None) -> Crumbs:  # fmt: skip
    """Where a page lies."""
    purchase = purchase or (offer.procurement if offer else None)
    district = district or (purchase.org if purchase else None)
    found: Crumbs = [(_("Purchases"), reverse("buying:mine"))]
    if district:
        found.append((district.name, reverse("buying:district", args=[district.pk])))
    if purchase:
        found.append((purchase.title, reverse("buying:purchase", args=[purchase.pk])))
    if offer:
        found.append((offer.product, reverse("buying:offer", args=[offer.pk])))
    return [*found, (here, "")]


def done(request: PersonRequest, form: BaseForm, act: Callable[[], object], said: str, to: str) -> HttpResponse | None:
    """Do it if the form is filled in; where to go then. None: show the form, with what is wrong at its fields."""
    if not form.is_valid():
        return None
    try:
        act()
    except ValidationError as error:
        tell(form, error)
        return None
    messages.success(request, said)
    return redirect(to)


def tell(form: BaseForm, error: ValidationError) -> None:
    """Put what an action found wrong at the fields of the form, and what has no field above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def form_page(
    request: PersonRequest,
    form: BaseForm,
    *,
    heading: str,
    verb: str,
    crumbs: Crumbs,
    template: str = "buying/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one question."""
    shown = {"form": form, "heading": heading, "verb": verb, "crumbs": crumbs, **more}
    return render(request, template, shown, status=422 if form.errors else 200)
