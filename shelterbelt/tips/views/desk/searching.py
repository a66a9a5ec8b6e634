"""Searching what was said. What somebody searches for stands in no address, no log and no trail."""

import uuid

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import at_most
from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries import queue, searching
from shelterbelt.tips.queries.numbers import tip_called
from shelterbelt.tips.rules.queue import ALL, Filter
from shelterbelt.tips.views.desk.common import FOUND, the_filter

LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
@at_most(600, per="hour", of="searches of tips", on={"POST"})
def search(request: PersonRequest) -> HttpResponse:
    """Tips that hold what was typed; or the one of that number. By GET: what was found last."""
    require(desk.may_see_desk(request.standing))
    words = request.POST.get("words", "").replace("\x00", "").strip()
    if request.method != "POST":
        return _page(request, [uuid.UUID(each) for each in request.session.get(FOUND, [])], {})
    if (exactly := tip_called(words, desk.desks(request.standing))) is not None:
        return redirect("tips:tip", exactly.pk)
    if not words or len(words) > LONGEST:
        return _page(request, [], {"words": words[:LONGEST], "is_wrong": True})
    found = searching.search(_searched(request), words)
    note_reading("tips_search", "", org=min(desk.desks(request.standing)), reason="searched the words of tips")
    request.session[FOUND] = [str(each) for each in found.ids]
    return _page(request, found.ids, {"words": words, "found": found})


def _searched(request: PersonRequest) -> QuerySet[Tip]:
    by = the_filter(request)
    wide = Filter(**dict(by.words()) | {"state": ALL}) if by.is_plain else by
    tips = queue.at_desks(desk.desks(request.standing))
    return queue.chosen(tips, wide, me=request.standing.person, at=clock.now())


def _page(request: PersonRequest, ids: list[uuid.UUID], more: dict[str, object]) -> HttpResponse:
    tips = queue.with_signs(queue.at_desks(desk.desks(request.standing))).filter(pk__in=ids)
    by_id = {tip.pk: tip for tip in tips}
    shown = {
        "tips": [by_id[each] for each in ids if each in by_id],
        "now": clock.now(),
        "filter": the_filter(request),
        "query": "found=1",
        **more,
    }
    return render(request, "tips/desk/search.html", shown, status=422 if "is_wrong" in more else 200)
