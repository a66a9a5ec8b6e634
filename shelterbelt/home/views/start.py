"""Leads people who signed in to the page of their office."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.home.queries.starting import offers_to_act, starting_places


@require_safe
@audience("signed_in")
def start(request: PersonRequest) -> HttpResponse:
    """The page of the one place they serve, or a choice of them, and of those they may act for."""
    places, for_others = starting_places(request.standing), offers_to_act(request.standing)
    if len(places) == 1 and places[0].address and not for_others:
        return HttpResponseRedirect(places[0].address)
    return render(request, "home/start.html", {"places": places, "for_others": for_others})
