"""Whether the line can take a tip now, for whoever sends it visitors; and the way in from its bare name."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shelterbelt.access.audience import audience
from shelterbelt.core import clock
from shelterbelt.tips.actions.filing import NoKey, month_of
from shelterbelt.tips.queries.schools import NoDirectory, state_served
from shelterbelt.tips.views.line.pages import START


@audience("public")
def healthy(_request: HttpRequest) -> HttpResponse:
    """Yes (200) or no (503): database, directory and this month's key are there."""
    try:
        ready = bool(state_served() and month_of(clock.now()))
    except (DatabaseError, NoDirectory, NoKey):
        ready = False
    return HttpResponse("ok\n" if ready else "no\n", status=200 if ready else 503, content_type="text/plain")


@audience("public")
def to_the_line(_request: HttpRequest) -> HttpResponse:
    """Whoever types the name alone gets to the form."""
    return redirect(START)
