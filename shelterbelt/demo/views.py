"""The entrance of the demonstration: one click, and one is somebody. Outside of it these pages don't exist."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.scope import acting_as_system
from shelterbelt.access.standing import PersonRequest
from shelterbelt.demo.roles import Invented, people_to_be
from shelterbelt.people.sign_in import enter_as


@never_cache
@require_safe
@audience("demonstration")
def entrance(request: PersonRequest) -> HttpResponse:
    """Who one can be."""
    return render(request, "demo/entrance.html", {"people": _invented(request)})


@require_POST
@audience("demonstration")
def enter(request: PersonRequest, role: str) -> HttpResponse:
    """Be somebody, and go to their own first page."""
    for each in _invented(request):
        if each.role.key == role:
            enter_as(request, each.person)
            return redirect("home:start")
    raise Http404(_("Nobody in this demonstration holds that office."))


def _invented(request: PersonRequest) -> list[Invented]:
    """Whom one can be; not found outside of a demonstration, before anything is looked up."""
    if not settings.DEMONSTRATION:
        raise Http404
    with acting_as_system("demonstration", today=request.today, reason="show whom one can enter as"):
        return people_to_be(request.today)
