"""What the desk's pages ask in the same way."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.forms.queue import FilterForm
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries import queue
from shelterbelt.tips.rules.queue import Filter

FOUND = "tips_found"
"""Where a session keeps the ids of what was found last: never the words that were searched for."""


def the_tip(request: PersonRequest, tip_id: uuid.UUID) -> Tip:
    """The tip of an address, at this person's desk. Who has no desk is told so, whatever the address holds."""
    require(desk.may_see_desk(request.standing))
    tips = queue.at_desks(desk.desks(request.standing))
    return get_object_or_404(queue.with_signs(tips).select_related("school", "owner", "org", "entered_by"), pk=tip_id)


def the_filter(request: PersonRequest) -> Filter:
    """What somebody looks at, by the address they are on."""
    return FilterForm(request.GET).chosen()


def query_of(request: PersonRequest) -> str:
    """What an address must carry so that next and previous lead along the same list."""
    return "found=1" if is_of_search(request) else the_filter(request).query


def is_of_search(request: PersonRequest) -> bool:
    """Whether they came here from a search."""
    return request.GET.get("found") == "1" and FOUND in request.session


def neighbours(request: PersonRequest, tip: Tip) -> tuple[str | None, str | None]:
    """The tips before and after this one in the list that they came from. What has left it begins anew at the top."""
    ids = request.session[FOUND] if is_of_search(request) else _listed(request)
    if str(tip.pk) not in ids:
        return None, next(iter(ids), None)
    place = ids.index(str(tip.pk))
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)


def _listed(request: PersonRequest) -> list[str]:
    tips = queue.with_due(queue.at_desks(desk.desks(request.standing)))
    chosen = queue.chosen(tips, the_filter(request), me=request.standing.person, at=clock.now())
    return [str(each) for each in queue.in_order(chosen).values_list("pk", flat=True)[: queue.MOST_IN_A_ROW]]


def back(request: PersonRequest, tip: Tip, at: str = "") -> HttpResponse:
    """Back to the tip, in the list that they came from."""
    query = query_of(request)
    address = reverse("tips:tip", args=[tip.pk])
    return HttpResponseRedirect(f"{address}{'?' if query else ''}{query}{at}")


def refused(request: PersonRequest, tip: Tip, error: ValidationError) -> HttpResponse:
    """Back to the tip with what was wrong, for a button that nobody typed anything beside."""
    for sentence in error.messages:
        messages.error(request, sentence)
    return back(request, tip)


def tell(form: BaseForm, error: ValidationError) -> None:
    """Put what an action found wrong at the fields of the form, and what has no field above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
